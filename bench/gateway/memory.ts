import { startPeople } from '../load/people.ts';
import { startTemporal } from '../load/temporal.ts';
import type { Part, FigureRow } from '../part.ts';
import { percentile } from '../statistics.ts';
import type { Answers } from './at-rate.ts';
import { startGatewayProcess } from './gateway.ts';
import type { GatewayQuestion } from './gateway-process.ts';
import { MIX, runMix } from './mix.ts';
import { brokenIn, round, wrongOf } from './rows.ts';
import { referencesOf, waitForForms } from './senders.ts';
import { startWorkerProcess } from './worker.ts';

const MOST_SENDERS = 100;
const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

export const gatewayMemory: Part = {
  name: 'gateway-memory',
  summary: "the gateway's memory under a mix of all its requests",
  async measure({ minutes, waiting: most, progress }) {
    progress(`${minutes} minutes of load, and about one more`);
    const temporal = await startTemporal(progress);
    const people = await startPeople();
    const { address } = temporal;
    const { simulator } = people;
    const worker = await startWorkerProcess({ what: 'onboarding', address, simulator });
    try {
      const waiting = referencesOf('customer', Math.min(MOST_SENDERS, most));
      await waitForForms(temporal, waiting);
      const gateway = await startGatewayProcess(address);
      const rows: FigureRow[] = [];
      const measureNow = async (when: string, question: GatewayQuestion) => {
        const { rssBytes, heapUsedBytes } = await gateway.memory(question);
        const row = { when, 'RSS, MiB': mib(rssBytes), 'heap, MiB': mib(heapUsedBytes) };
        progress(`${when}: RSS ${row['RSS, MiB']} MiB, heap ${row['heap, MiB']} MiB`);
        rows.push(row);
      };
      await measureNow('before', 'now');
      await measureNow('before, garbage collected', 'live');
      let passed = 0;
      const clock = setInterval(() => {
        passed += 1;
        // The last row is measured after all answers.
        if (passed < minutes) void measureNow(`after ${passed} min`, 'now');
      }, MINUTE_MS);
      const answers = await runMix(gateway, waiting, minutes * 60);
      clearInterval(clock);
      await measureNow('at the end', 'now');
      await measureNow('at the end, garbage collected', 'live');
      await gateway.stop();
      const measured = Object.entries(answers).map(([what, one]) => ({ what, runs: [one] }));
      return {
        broken: brokenIn(measured),
        tables: [
          { title: `Memory of the gateway in ${minutes} minutes`, rows },
          { title: 'Its requests meanwhile', rows: Object.entries(answers).map(answersRow) },
        ],
        notes: [
          `A second: ${Object.entries(MIX)
            .map(([what, count]) => `${count} ${what}`)
            .join(', ')}. Starts and cancels are signed sign-up events; a stream is one of ` +
            'server-sent events that the caller closes after 5 s; its time includes these.',
          'RSS and heap include garbage that V8 has not collected, except in the rows that say so.',
        ],
      };
    } finally {
      await worker.stop();
      await people.stop();
      await temporal.stop();
    }
  },
};

function answersRow([what, answers]: readonly [string, Answers]): FigureRow {
  const { latenciesMs } = answers;
  return {
    what,
    calls: latenciesMs.length,
    'p50, ms': round(percentile(latenciesMs, 0.5)),
    'p99, ms': round(percentile(latenciesMs, 0.99)),
    'most, ms': round(percentile(latenciesMs, 1)),
    wrong: wrongOf([answers]),
  };
}

function mib(bytes: number): number {
  return Math.round(bytes / MIB);
}
