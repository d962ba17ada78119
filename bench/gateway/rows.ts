import type { FigureRow } from '../part.ts';
import { median, percentile, withSpread } from '../statistics.ts';
import type { Answers } from './at-rate.ts';

/** A measurement, once per run. The gateway and the bare call of one run have the same index. */
export interface Measured {
  readonly what: string;
  readonly runs: readonly Answers[];
}

/** The rows of the gateway and of the same bare call to Temporal, with the ratio of each run. */
export function rowsOf(door: Measured, bare: Measured): readonly FigureRow[] {
  return [rowOf(door, bare), rowOf(bare)];
}

function rowOf({ what, runs }: Measured, beside?: Measured): FigureRow {
  const at = (part: number) => runs.map(({ latenciesMs }) => percentile(latenciesMs, part));
  const ratio = (part: number) => {
    const others = beside?.runs.map(({ latenciesMs }) => percentile(latenciesMs, part)) ?? [];
    return median(at(part).map((ms, run) => ms / (others[run] ?? NaN))).toFixed(2);
  };
  return {
    what,
    calls: runs.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0),
    'p50, ms': withSpread(at(0.5).map(round)),
    'p99, ms': withSpread(at(0.99).map(round)),
    'most, ms': round(Math.max(...at(1))),
    'p50 ÷ bare': beside === undefined ? '' : ratio(0.5),
    'p99 ÷ bare': beside === undefined ? '' : ratio(0.99),
    wrong: wrongOf(runs),
  };
}

/** A busy machine causes some wrong answers. With more, the measurement is of refusals. */
const WRONG_AT_MOST = 0.5;

/** A sentence for each measurement with too many wrong answers. */
export function brokenIn(all: readonly Measured[]): readonly string[] {
  return all.flatMap(({ what, runs }) => {
    const calls = runs.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0);
    const wrong = runs.flatMap((run) => Object.values(run.wrong)).reduce((a, b) => a + b, 0);
    if (calls > 0 && wrong <= calls * WRONG_AT_MOST) return [];
    return [`${what}: ${wrong} of ${calls} answers were wrong (${wrongOf(runs)})`];
  });
}

/** `none`, or each kind of wrong answer with its number. */
export function wrongOf(runs: readonly Pick<Answers, 'wrong'>[]): string {
  const sums = new Map<string, number>();
  for (const { wrong } of runs) {
    for (const [kind, count] of Object.entries(wrong)) {
      sums.set(kind, (sums.get(kind) ?? 0) + count);
    }
  }
  if (sums.size === 0) return 'none';
  return [...sums].map(([kind, count]) => `${count} × ${kind}`).join(', ');
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
