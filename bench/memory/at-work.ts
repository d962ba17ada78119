/** What the processes beside the worker are given to do before their memory is measured. */
import { readFile } from 'node:fs/promises';
import type { Payload } from '@temporalio/common';
// The default export, as Node finds no named ones in this CommonJS module.
import protobuf from '@temporalio/proto';
import { pause } from '../../drill/pause.ts';
import { API_KEY } from '../../drill/stage/keys.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import type { TemporalUnderLoad } from '../load/temporal.ts';
import { pulse } from '../pulse.ts';
import type { Measured, Name } from './installed.ts';

const { Payloads } = protobuf.temporal.api.common.v1;

export interface Work {
  readonly temporal: TemporalUnderLoad;
  /** The waiting onboardings. */
  readonly references: readonly string[];
  readonly idleS: number;
}

/** As many as the tokens of one key may open, for one onboarding and in all. */
const STREAMS = { each: 10, most: 1_000 };
const ROUNDS = 5;
const HISTORIES = 100;
const REQUESTS_AT_A_TIME = 20;
const AGAIN_MS = 1_000;

/** Each resolves when the memory is to be measured; the returned function ends the work. */
export const WORK: Readonly<
  Record<
    Exclude<Name, 'worker'>,
    {
      readonly what: string;
      readonly begin: (process: Measured, work: Work) => Promise<() => void>;
    }
  >
> = {
  gateway: {
    what: `the page /docs, and ${STREAMS.most.toLocaleString('en')} open streams`,
    async begin({ url }, { references, idleS }) {
      await (await fetch(`${url}/docs/`)).text();
      const closing = new AbortController();
      for (const reference of references.slice(0, STREAMS.most / STREAMS.each)) {
        const streams = await streamUrl(url, reference);
        await Promise.all(
          Array.from({ length: STREAMS.each }, () => firstEvent(streams, closing.signal)),
        );
        pulse();
      }
      await pause(idleS * 1_000);
      return () => {
        closing.abort();
      };
    },
  },
  exporter: {
    what: `${ROUNDS} rounds`,
    async begin(_process, { idleS }) {
      for (let round = 0; round < ROUNDS; round++) {
        await pause(idleS * 1_000);
        pulse();
      }
      return () => undefined;
    },
  },
  codec: {
    what: `each payload of ${HISTORIES} histories decoded`,
    async begin({ logFile }, { temporal, references }) {
      const [, endpoint] =
        /endpoint for Temporal's UI and CLI is (\S+)/.exec(await readFile(logFile, 'utf8')) ?? [];
      const decode = async (payloads: readonly Payload[]): Promise<void> => {
        const body = JSON.stringify(Payloads.create({ payloads: [...payloads] }));
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${endpoint}/decode`, { method: 'POST', headers, body });
        if (!answer.ok) throw new Error(`the codec server answered ${answer.status}`);
        await answer.text();
      };
      for (const reference of references.slice(0, HISTORIES)) {
        const payloads = await payloadsOf(temporal, reference);
        // Temporal's UI decodes each value by a request of its own, and its CLI a page of events by one.
        for (let n = 0; n < payloads.length; n += REQUESTS_AT_A_TIME) {
          const some = payloads.slice(n, n + REQUESTS_AT_A_TIME);
          await Promise.all(some.map((one) => decode([one])));
        }
        await decode(payloads);
        pulse();
      }
      return () => undefined;
    },
  },
};

async function streamUrl(gateway: string, reference: string): Promise<string> {
  const token = `${gateway}/onboardings/${reference}/stream-tokens`;
  const headers = { authorization: `Bearer ${API_KEY}` };
  const answer = await answered(() => fetch(token, { method: 'POST', headers }));
  const { url } = (await answer.json()) as { readonly url: string };
  return url;
}

async function firstEvent(url: string, signal: AbortSignal): Promise<void> {
  const headers = { accept: 'text/event-stream' };
  const answer = await answered(() => fetch(url, { headers, signal }));
  await answer.body?.getReader().read();
}

/** Asks again where Temporal was too slow for the gateway. */
async function answered(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask();
    if (answer.ok) return answer;
    const why = await answer.text();
    if (answer.status !== 503) throw new Error(`the gateway answered ${answer.status}: ${why}`);
    await pause(AGAIN_MS);
  }
}

async function payloadsOf(
  { client }: TemporalUnderLoad,
  reference: string,
): Promise<readonly Payload[]> {
  const history = await client.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
  return payloadsIn(history.events ?? []);
}

function payloadsIn(value: unknown): readonly Payload[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if ('metadata' in value && 'data' in value) return [value as Payload];
  return Object.values(value).flatMap(payloadsIn);
}
