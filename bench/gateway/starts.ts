import type { Part, Row } from '../part.ts';
import { rowsOf, wrongOf } from './rows.ts';
import { runStarts, type StartsRun } from './starts-run.ts';

const PER_SECOND = 25;

export const starts: Part = {
  name: 'starts',
  summary: 'onboardings started through the gateway, beside empty workflows started by the client',
  async measure({ runs, seconds, progress }) {
    progress(`about ${Math.ceil((runs * 2 * (2 * seconds + 20)) / 60)} minutes`);
    const rows: Row[] = [];
    for (const worker of ['none', 'at work'] as const) {
      const results: StartsRun[] = [];
      for (let run = 0; run < runs; run++) {
        const first = run % 2 === 0 ? 'door' : 'bare';
        const result = await runStarts({ perSecond: PER_SECOND, seconds, worker, first, progress });
        progress(`worker ${worker}: wrong: ${wrongOf([result.door])}`);
        results.push(result);
      }
      const door = { what: `PUT, worker: ${worker}`, runs: results.map((run) => run.door) };
      const bare = { what: `bare, worker: ${worker}`, runs: results.map((run) => run.bare) };
      rows.push(...rowsOf(door, bare));
    }
    return {
      tables: [{ title: `${PER_SECOND} a second for ${seconds} s`, rows }],
      notes: [
        'The server bears 10 searches a second, as one that was not told otherwise.',
        `${runs} runs, each on a fresh server; the median of the runs, and their spread.`,
        'Each call leaves at its moment, whether or not earlier ones were answered, and its time runs ' +
          'from that moment.',
        'Worker at work: what was started is worked on meanwhile, on the same cores, up to where the ' +
          'form is waited for. Bare: `workflow.start` of a workflow that ends at once.',
        'A start through the gateway also counts the mails of its address, which takes a search.',
      ],
    };
  },
};
