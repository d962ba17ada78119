import { performance } from 'node:perf_hooks';
import { checkFile } from '../../cli/import/check-file.ts';
import type { ValidRow } from '../../cli/import/row.ts';
import { startRows } from '../../cli/import/start-rows.ts';
import { AT_A_TIME } from '../../cli/lanes.ts';
import { OnboardingClient } from '../../client/index.ts';
import { HASH_KEY } from '../keys.ts';
import { startBare } from '../load/bare.ts';
import { startTemporal, type TemporalUnderLoad } from '../load/temporal.ts';
import type { Part, FigureRow } from '../part.ts';
import { pulse } from '../pulse.ts';
import { median, percentile } from '../statistics.ts';

const WARM_UP = 50;
/** Rows in a run per onboarding of the settings: a start is quicker than an onboarding. */
const ROWS_EACH = 5;
/** The rate limit is not measured. */
const NO_LIMIT_PER_SECOND = 1_000_000;

type Figure = 'check' | 'start' | 'bare';

const NAMES: Readonly<Record<Figure, string>> = {
  check: 'rows read and checked',
  start: 'rows started',
  bare: 'bare workflow.start',
};

export const importing: Part = {
  name: 'import',
  summary: 'rows of a CSV file per second, beside bare calls of `workflow.start`',
  async measure({ runs, onboardings, progress }) {
    const size = onboardings * ROWS_EACH;
    const perSecond: Record<Figure, number[]> = { check: [], start: [], bare: [] };
    const temporal = await startTemporal(progress);
    try {
      for (let run = 0; run <= runs; run++) {
        // The first run only warms up.
        const figures = await turn(temporal, run, run === 0 ? Math.min(WARM_UP, size) : size);
        for (const figure of ['check', 'start', 'bare'] as const) {
          if (run > 0) perSecond[figure].push(figures[figure]);
          progress(`${NAMES[figure]}: ${Math.round(figures[figure])} per second`);
        }
      }
    } finally {
      await temporal.stop();
    }
    const starts = (['start', 'bare'] as const).map((figure) => ({
      ...rowOf(NAMES[figure], perSecond[figure]),
      'rows started ÷ this': ratioOf(perSecond.start, perSecond[figure]),
    }));
    return {
      tables: [
        { title: 'Rows of an import per second', rows: [rowOf(NAMES.check, perSecond.check)] },
        { title: 'Starts per second', rows: starts },
      ],
      notes: [
        `${size} rows with a form a run, ${AT_A_TIME} starts at a time, no limit a second, no worker.`,
        'Bare: as many starts at a time of a workflow with two short arguments, without search ' +
          'attributes, memo, summary or priority.',
        '`onboard import` starts 10 a second by default.',
      ],
    };
  },
};

async function turn(
  temporal: TemporalUnderLoad,
  run: number,
  size: number,
): Promise<Record<Figure, number>> {
  const file = customers(`import-${run}`, size);
  const rows: ValidRow[] = [];
  const check = await rate(size, async () => {
    const checked = await checkFile(file);
    rows.push(...checked.rows.filter((row) => row.kind === 'valid'));
  });
  if (rows.length < size) throw new Error(`only ${rows.length} of ${size} rows are valid`);
  const onboardings = new OnboardingClient({ temporal: temporal.client, hashKey: HASH_KEY });
  const start = await rate(size, () =>
    startRows(onboardings, rows, {
      perSecond: NO_LIMIT_PER_SECOND,
      signal: new AbortController().signal,
      onResult: ({ result, detail }) => {
        if (result !== 'started') throw new Error(`a row was not started: ${result} ${detail}`);
        pulse();
      },
      onAway: () => undefined,
    }),
  );
  const references = rows.map(({ reference }) => reference).values();
  const bare = await rate(size, async () => {
    const lane = async (): Promise<void> => {
      for (const reference of references) {
        await startBare(temporal, 'created', reference, `${reference}@example.org`);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  });
  return { check, start, bare };
}

async function rate(size: number, work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return size / ((performance.now() - begin) / 1_000);
}

function rowOf(what: string, measured: readonly number[]): FigureRow {
  return {
    what,
    'per second': Math.round(median(measured)),
    least: Math.round(percentile(measured, 0)),
    most: Math.round(percentile(measured, 1)),
  };
}

/** The ratio of each run, because a slow machine slows both down. */
function ratioOf(these: readonly number[], those: readonly number[]): string {
  return median(these.map((one, run) => one / (those[run] ?? NaN))).toFixed(2);
}

/** The columns of a file with invented customers, each with a complete form. */
const HEADER =
  'reference;email;language;firstname;lastname;gender;statut;address1;zipcode;city;country';

function customers(name: string, count: number): Buffer {
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `${name}-${n};${name}-${n}@example.org;fr;Zoé;Brûlé;F;particulier;12 rue des Lilas;01000;Bourg;FR`,
  );
  return Buffer.from([HEADER, ...rows, ''].join('\n'));
}
