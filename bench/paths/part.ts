import type { Part, FigureRow } from '../part.ts';
import { pulse } from '../pulse.ts';
import { median, withSpread } from '../statistics.ts';
import { countHistory, type PathCount } from './count-history.ts';
import { PATHS, type BenchPath } from './paths.ts';
import { inPathEnv } from './path-env.ts';

export const paths: Part = {
  name: 'paths',
  summary: 'history events, bytes and billable actions of each path, weeks in milliseconds',
  async measure({ runs, progress }) {
    const rows: FigureRow[] = [];
    const shares: FigureRow[] = [];
    for (const path of PATHS) {
      progress(path.name);
      const counts: PathCount[] = [];
      for (let run = 0; run < runs; run++) counts.push(await walk(path, progress));
      rows.push(totals(path, counts));
      shares.push(parts(path, counts));
    }
    return {
      tables: [
        { title: 'Paths, beside a prototype', rows },
        { title: 'Events and actions by kind', rows: shares },
      ],
      notes: [
        'Actions as in https://docs.temporal.io/cloud/actions: the start, each attempt of an ' +
          'activity (polls too), each timer, signal, update and upsert of search attributes.',
        'Heartbeats that reach the server are billed too, but histories do not show them, and the ' +
          "prototype's figures omit them: they have their own column.",
        'Each query is billed too; none is counted here.',
      ],
    };
  },
};

async function walk(path: BenchPath, progress: (line: string) => void): Promise<PathCount> {
  const { played, calls } = await inPathEnv(path, progress, async (env) => {
    const sender = await path.play(env);
    const { kind } = await sender.outcome();
    const wanted = path.ends ?? 'ready';
    if (kind !== wanted) throw new Error(`"${path.name}" ended as ${kind}, not ${wanted}`);
    const byRoute = Object.values(env.simulator.ledger().calls);
    const ar24Calls = byRoute.reduce((sum, count) => sum + count, 0);
    return { history: await sender.handle.fetchHistory(), ar24Calls };
  });
  pulse();
  const count = countHistory(played.history, { ...calls, ar24Calls: played.ar24Calls });
  const actions = count.actions + count.heartbeats;
  if (actions > (path.mostActions ?? Infinity))
    throw new Error(`"${path.name}" took ${actions} actions, more than ${path.mostActions}`);
  return count;
}

function totals({ name, target }: BenchPath, counts: readonly PathCount[]): FigureRow {
  const spread = (key: keyof PathCount) => withSpread(counts.map((count) => count[key]));
  return {
    path: name,
    events: spread('events'),
    'events, target': target?.events ?? '',
    actions: spread('actions'),
    'actions, target': target?.actions ?? '',
    heartbeats: spread('heartbeats'),
    'calls to AR24': spread('ar24Calls'),
    bytes: median(counts.map(({ bytes }) => bytes)),
  };
}

const SHARES = [
  'workflowTasks',
  'activities',
  'tries',
  'timers',
  'signals',
  'updates',
  'upserts',
] as const satisfies readonly (keyof PathCount)[];

function parts({ name }: BenchPath, counts: readonly PathCount[]): FigureRow {
  const shares = SHARES.map((key): [string, number] => [
    key,
    median(counts.map((count) => count[key])),
  ]);
  return { path: name, ...Object.fromEntries(shares) };
}
