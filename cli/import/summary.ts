/** What came of an import as a whole: in words, for programs, and as an exit code. */
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { asksForOther, RESULTS, type RowResult } from './row-result.ts';

const WORDS = {
  started: 'started',
  open: 'open already',
  'open-differs': 'open already, and asked for something else',
  ended: 'ended already',
  invalid: 'invalid',
  'not-started': 'not started',
} as const satisfies Record<RowResult['result'], string>;

export interface Summary {
  readonly rows: number;
  /** How many rows came to this. */
  readonly results: Readonly<Record<RowResult['result'], number>>;
  /** Where the report is; null where none was wanted. */
  readonly report: string | null;
}

export function summaryOf(results: readonly RowResult[], report: string | null): Summary {
  const counts = { started: 0, open: 0, 'open-differs': 0, ended: 0, invalid: 0, 'not-started': 0 };
  for (const { result } of results) counts[result] += 1;
  return { rows: results.length, results: counts, report };
}

export function summaryWords({ rows, results, report }: Summary): string {
  const told = RESULTS.filter((result) => results[result] > 0).map(
    (result) => `  ${count(results[result])} ${WORDS[result]}`,
  );
  const where = report === null ? [] : [`report: ${report}`];
  return [`${rowCount(rows)}:`, ...told, ...where].join('\n');
}

/** @throws CommandError where rows were found to ask for something else than is there */
export function expectSame(results: readonly RowResult[]): void {
  const others = results.filter(asksForOther).length;
  if (others === 0) return;
  throw new CommandError(
    `${rowCount(others)} asked for something else than the onboarding that is there, which was ` +
      'left as it is; see the report',
    EXIT.refused,
  );
}

export function rowCount(rows: number): string {
  return `${count(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

function count(n: number): string {
  return n.toLocaleString('en');
}
