import type { Part, FigureRow } from '../part.ts';
import { brokenIn, rowsOf, wrongOf } from './rows.ts';
import { runStarts, type StartsRun } from './starts-run.ts';

const PER_SECOND = 25;

export const starts: Part = {
  name: 'starts',
  summary: 'onboardings started through the gateway, beside empty workflows started by the client',
  async measure({ runs, seconds, warmUp, progress }) {
    progress(
      `about ${Math.ceil((runs * 2 * (2 * seconds + 2 * warmUp.seconds + 10)) / 60)} minutes`,
    );
    const rows: FigureRow[] = [];
    const broken: string[] = [];
    for (const worker of ['none', 'at work'] as const) {
      const results: StartsRun[] = [];
      for (let run = 0; run < runs; run++) {
        const first = run % 2 === 0 ? 'door' : 'bare';
        const load = { perSecond: PER_SECOND, seconds, warmUpSeconds: warmUp.seconds };
        const result = await runStarts({ ...load, worker, first, progress });
        progress(`worker ${worker}: wrong: ${wrongOf([result.door])}`);
        results.push(result);
      }
      const door = { what: `PUT, worker: ${worker}`, runs: results.map((run) => run.door) };
      const bare = { what: `bare, worker: ${worker}`, runs: results.map((run) => run.bare) };
      rows.push(...rowsOf(door, bare));
      broken.push(...brokenIn([door, bare]));
    }
    return {
      broken,
      tables: [{ title: `${PER_SECOND} a second for ${seconds} s`, rows }],
      notes: [
        'The server allows 10 searches a second, which is the default.',
        `${runs} runs, each on a fresh server; the median of the runs, and their spread.`,
        'Each call is sent at its scheduled time, whether or not earlier calls were answered, and its ' +
          'time counts from then.',
        'Worker at work: a worker runs the onboardings meanwhile, on the same cores, until they wait for ' +
          'the form. Bare: `workflow.start` of a workflow that ends at once.',
        'A start through the gateway also counts the mails of its address, by the ids of small workflows.',
      ],
    };
  },
};
