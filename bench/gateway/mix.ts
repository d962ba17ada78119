/** A mix of all requests to a gateway, for the measurement of its memory. */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { atRate, type Answers } from './at-rate.ts';
import { EVENT_TYPES, type GatewayUnderLoad, callGateway } from './gateway.ts';
import { emailOf } from './senders.ts';

/** The number of requests per second. */
export const MIX = { starts: 3, cancels: 1, webhooks: 20, reads: 10, streams: 2 } as const;
const STREAM_OPEN_MS = 5_000;

/** @param waiting references of onboardings that stay open, to read and to follow */
export async function runMix(
  gateway: GatewayUnderLoad,
  waiting: readonly string[],
  seconds: number,
): Promise<Readonly<Record<keyof typeof MIX, Answers>>> {
  const { url, webhookUrl } = gateway;
  const headers = { authorization: `Bearer ${gateway.apiKey}` };
  const one = (n: number): string => waiting[n % waiting.length] ?? '';
  const round = randomUUID();
  const newcomer = (n: number) => `newcomer-${round}-${n}`;
  const calls = {
    starts: (n) => sendEvent(gateway, EVENT_TYPES.start, newcomer(n)),
    // Cancels a third of the onboardings that were started before.
    cancels: (n) => sendEvent(gateway, EVENT_TYPES.cancel, newcomer(n)),
    webhooks: (n) => {
      const body = new URLSearchParams({ email: emailOf(one(n)) });
      return callGateway(webhookUrl, { method: 'POST', body }, 200);
    },
    reads: (n) => callGateway(`${url}/onboardings/${one(n)}`, { headers }, 200),
    streams: (n) => followForAWhile(`${url}/onboardings/${one(n)}/events`, headers),
  } as const satisfies Record<keyof typeof MIX, (n: number) => Promise<string>>;
  const run = (what: keyof typeof MIX) => atRate({ perSecond: MIX[what], seconds }, calls[what]);
  const [starts, cancels, webhooks, reads, streams] = await Promise.all([
    run('starts'),
    run('cancels'),
    run('webhooks'),
    run('reads'),
    run('streams'),
  ]);
  return { starts, cancels, webhooks, reads, streams };
}

function sendEvent(
  { eventsUrl, eventsSecret }: GatewayUnderLoad,
  type: string,
  reference: string,
): Promise<string> {
  const body = JSON.stringify({ type, data: { id: reference, email: emailOf(reference) } });
  const id = `msg_${randomUUID()}`;
  const at = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(eventsSecret).sign(id, at, body),
  };
  return callGateway(eventsUrl, { method: 'POST', headers, body }, 202);
}

/** Reads the first event of a stream and closes it after some seconds. */
async function followForAWhile(url: string, headers: Record<string, string>): Promise<string> {
  const hangUp = new AbortController();
  const answer = await fetch(url, {
    headers: { ...headers, accept: 'text/event-stream' },
    signal: hangUp.signal,
  });
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await new Promise((resolve) => setTimeout(resolve, STREAM_OPEN_MS));
  hangUp.abort();
  return answer.status === 200 && first?.done === false ? 'ok' : String(answer.status);
}
