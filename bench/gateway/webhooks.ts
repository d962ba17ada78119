import type { Part } from '../part.ts';
import { withSpread } from '../statistics.ts';
import { brokenIn, round, rowsOf, wrongOf } from './rows.ts';
import { runWebhooks, type WebhooksRun } from './webhooks-run.ts';

const PER_SECOND = 200;

export const webhooks: Part = {
  name: 'webhooks',
  summary:
    "AR24's webhooks through the gateway without a worker, and the onboardings resumed afterwards",
  async measure({ runs, seconds, warmUp, waiting, progress }) {
    progress(`about ${Math.ceil((runs * (2.25 * seconds + 60)) / 60)} minutes`);
    const results: WebhooksRun[] = [];
    for (let run = 0; run < runs; run++) {
      const first = run % 2 === 0 ? 'door' : 'bare';
      const load = { perSecond: PER_SECOND, seconds, warmUpSeconds: warmUp.seconds, waiting };
      const result = await runWebhooks({ ...load, first, progress });
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
    const lost = hinted - ready;
    return {
      broken: [
        ...brokenIn([door, strangers, bare]),
        ...(lost > 0 ? [`${lost} of ${hinted} onboardings that were hinted at are not ready`] : []),
      ],
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
              lost,
              'all ready after, s': withSpread(results.map((run) => round(run.readyAfterS))),
            },
            {
              what: 'accepted as well, no webhook',
              count: sum((run) => run.unheard),
              ready: sum((run) => run.unheardReady),
              lost: '',
              'all ready after, s': '',
            },
          ],
        },
      ],
      notes: [
        'The server allows 10 searches a second, which is the default.',
        `${runs} runs, each on a fresh server; the median of the runs, and their spread.`,
        'Each call is sent at its scheduled time, whether or not earlier calls were answered, and its time ' +
          'counts from then. Gateway, server and callers are processes on this machine.',
        'Strangers have no onboarding: the gateway caches nothing about them and searches for each.',
        'Ready: their holders had accepted while no worker ran, and without a hint the next poll of AR24 ' +
          'is up to 12 hours later. Half of the hints came through the gateway.',
      ],
    };
  },
};
