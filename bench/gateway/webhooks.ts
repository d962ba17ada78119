import type { Part } from '../part.ts';
import { withSpread } from '../statistics.ts';
import { round, rowsOf, wrongOf } from './rows.ts';
import { runWebhooks, type WebhooksRun } from './webhooks-run.ts';

const PER_SECOND = 200;

export const webhooks: Part = {
  name: 'webhooks',
  summary: "AR24's webhooks through the gateway, with no worker, and who is resumed afterwards",
  async measure({ runs, seconds, progress }) {
    progress(`about ${Math.ceil((runs * (2.25 * seconds + 60)) / 60)} minutes`);
    const results: WebhooksRun[] = [];
    for (let run = 0; run < runs; run++) {
      const first = run % 2 === 0 ? 'door' : 'bare';
      const result = await runWebhooks({ perSecond: PER_SECOND, seconds, first, progress });
      progress(`${result.ready} of ${result.hinted} ready, wrong: ${wrongOf([result.door])}`);
      results.push(result);
    }
    const bare = { what: 'bare: signal', runs: results.map((run) => run.bare) };
    const door = { what: 'webhook of somebody who waits', runs: results.map((run) => run.door) };
    const strangers = { what: 'webhook of a stranger', runs: results.map((run) => run.strangers) };
    const sum = (of: (run: WebhooksRun) => number) =>
      results.reduce((total, run) => total + of(run), 0);
    const hinted = sum((run) => run.hinted);
    const ready = sum((run) => run.ready);
    return {
      tables: [
        {
          title: `${PER_SECOND} a second for ${seconds} s, no worker`,
          rows: [...rowsOf(door, bare), ...rowsOf(strangers, bare).slice(0, 1)],
        },
        {
          title: 'Then a worker is started',
          rows: [
            {
              what: 'onboardings hinted at',
              count: hinted,
              ready,
              lost: hinted - ready,
              'all ready after, s': withSpread(results.map((run) => round(run.readyAfterS))),
            },
            {
              what: 'accepted as well, nobody told us',
              count: sum((run) => run.unheard),
              ready: sum((run) => run.unheardReady),
              lost: '',
              'all ready after, s': '',
            },
          ],
        },
      ],
      notes: [
        'The server bears 10 searches a second, as one that was not told otherwise.',
        `${runs} runs, each on a fresh server; the median of the runs, and their spread.`,
        'Each call leaves at its moment, whether or not earlier ones were answered, and its time runs ' +
          'from that moment. Gateway, server, and whoever calls are a process each, on this machine.',
        'Strangers have no onboarding here: nothing about them is remembered, each is searched for.',
        'Ready: their holders had accepted while no worker ran, and nothing but a hint would have had ' +
          'AR24 looked at for 12 hours. Half of the hints came through the gateway.',
      ],
    };
  },
};
