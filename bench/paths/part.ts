import type { Part, Row } from '../part.ts';
import { median, withSpread } from '../statistics.ts';
import { countHistory, type PathCount } from './count-history.ts';
import { PATHS, type Path } from './paths.ts';
import { inWorld } from './world.ts';

export const paths: Part = {
  name: 'paths',
  summary: 'history events, bytes and billable actions of each path, weeks in milliseconds',
  async measure({ runs, progress }) {
    const rows: Row[] = [];
    const shares: Row[] = [];
    for (const path of PATHS) {
      progress(path.name);
      const counts: PathCount[] = [];
      for (let run = 0; run < runs; run++) counts.push(await walk(path));
      rows.push(totals(path, counts));
      shares.push(parts(path, counts));
    }
    return {
      tables: [
        { title: 'Paths, beside what a prototype took', rows },
        { title: 'What the events and actions are', rows: shares },
      ],
      notes: [
        'Actions as https://docs.temporal.io/cloud/actions lists them: the start, each try of an ' +
          'activity (polls too), each timer, signal, update and upsert of search attributes.',
        'Heartbeats that reach the server are billed too, but no history shows them and the ' +
          "prototype's figures leave them out: they have a column of their own.",
        'Queries are billed one each, and are whoever looks: none is counted here.',
      ],
    };
  },
};

async function walk(path: Path): Promise<PathCount> {
  const { played, calls } = await inWorld(path, async (world) => {
    const sender = await path.play(world);
    await sender.outcome();
    return sender.handle.fetchHistory();
  });
  return countHistory(played, calls);
}

function totals({ name, target }: Path, counts: readonly PathCount[]): Row {
  const spread = (key: keyof PathCount) => withSpread(counts.map((count) => count[key]));
  return {
    path: name,
    events: spread('events'),
    'events, target': target?.events ?? '',
    actions: spread('actions'),
    'actions, target': target?.actions ?? '',
    heartbeats: spread('heartbeats'),
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

function parts({ name }: Path, counts: readonly PathCount[]): Row {
  const shares = SHARES.map((key): [string, number] => [
    key,
    median(counts.map((count) => count[key])),
  ]);
  return { path: name, ...Object.fromEntries(shares) };
}
