import type { Client } from '@temporalio/client';
import { viewQuery, workflowIdOf } from '../../workflows/contract/index.ts';
import { startPeople } from '../load/people.ts';
import { startTemporal } from '../load/temporal.ts';
import type { Part, FigureRow } from '../part.ts';
import { median, withSpread } from '../statistics.ts';
import { byCallers, type Answers } from './at-rate.ts';
import { startGatewayProcess, callGateway } from './gateway.ts';
import { brokenIn, round, rowsOf } from './rows.ts';
import { referencesOf, waitForForms } from './senders.ts';
import { startWorkerProcess } from './worker.ts';

const MOST_SENDERS = 200;
const CALLERS = 8;

export const reads: Part = {
  name: 'reads',
  summary: 'status reads through the gateway, beside describe and query by the client',
  async measure({ runs, seconds, warmUp, waiting, progress }) {
    const senders = Math.min(MOST_SENDERS, waiting);
    // A closed loop makes many calls in less time than a fixed rate.
    const each = Math.round((seconds / 3) * 10) / 10;
    progress(`about ${Math.ceil((runs * 2 * each + 30) / 60)} minutes`);
    const temporal = await startTemporal(progress);
    const people = await startPeople();
    const { address } = temporal;
    const { simulator } = people;
    const worker = await startWorkerProcess({ what: 'onboarding', address, simulator });
    const references = referencesOf('customer', senders);
    const results: { readonly door: Answers; readonly bare: Answers }[] = [];
    try {
      await waitForForms(temporal, references);
      const gateway = await startGatewayProcess(address);
      const headers = { authorization: `Bearer ${gateway.apiKey}` };
      const get = (n: number) =>
        callGateway(`${gateway.url}/onboardings/${oneOf(references, n)}`, { headers }, 200);
      const bareGet = (n: number) => describeAndQuery(temporal.client, oneOf(references, n));
      const door = (ofSeconds: number) => byCallers(CALLERS, ofSeconds, get);
      const bare = (ofSeconds: number) => byCallers(CALLERS, ofSeconds, bareGet);
      await door(warmUp.seconds);
      await bare(warmUp.seconds);
      for (let run = 0; run < runs; run++) {
        const early = run % 2 === 1 ? await bare(each) : undefined;
        const result = { door: await door(each), bare: early ?? (await bare(each)) };
        progress(`${Math.round(perSecond(result.door, each))} reads a second`);
        results.push(result);
      }
      await gateway.stop();
    } finally {
      await worker.stop();
      await people.stop();
      await temporal.stop();
    }
    const [through, straight] = [results.map(({ door }) => door), results.map(({ bare }) => bare)];
    const rates: readonly FigureRow[] = [
      { ...rateRow('GET /onboardings/{reference}', through, each), '÷ bare': ratio(results) },
      { ...rateRow('bare: describe and query', straight, each), '÷ bare': '' },
    ];
    const both = [
      { what: 'GET /onboardings/{reference}', runs: through },
      { what: 'bare: describe and query', runs: straight },
    ] as const;
    return {
      broken: brokenIn(both),
      tables: [
        { title: `${CALLERS} callers, calls a second`, rows: rates },
        {
          title: 'How long each took',
          rows: rowsOf(...both),
        },
      ],
      notes: [
        `${runs} runs of ${each} s of either; ${senders} senders, all in the worker's cache.`,
        'Each caller sends its next call after the answer to the last. Gateway, server, worker and callers ' +
          'are processes on this machine and share its cores.',
      ],
    };
  },
};

function oneOf(references: readonly string[], n: number): string {
  return references[n % references.length] ?? '';
}

async function describeAndQuery(client: Client, reference: string): Promise<string> {
  const handle = client.workflow.getHandle(workflowIdOf(reference));
  await handle.describe();
  await handle.query(viewQuery);
  return 'ok';
}

function perSecond({ latenciesMs }: Answers, seconds: number): number {
  return latenciesMs.length / seconds;
}

function rateRow(what: string, runs: readonly Answers[], seconds: number): FigureRow {
  return { what, 'a second': withSpread(runs.map((run) => round(perSecond(run, seconds)))) };
}

function ratio(results: readonly { readonly door: Answers; readonly bare: Answers }[]): string {
  return median(
    results.map(({ door, bare }) => door.latenciesMs.length / bare.latenciesMs.length),
  ).toFixed(2);
}
