/** Some minutes of a system with everything that dashboards show: sign-ups, people, webhooks, and trouble. */
import { pause } from '../../drill/pause.ts';
import { customersOf } from '../../drill/people/customers.ts';
import { peopleAt } from '../../drill/people/people.ts';
import { signUp } from '../../drill/people/sign-up.ts';
import { API_KEY, WEBHOOK_SECRET } from '../../drill/stage/keys.ts';
import type { Stage } from '../../drill/stage/stage.ts';
import { signedHeaders } from '../../test/gateway/events/events.ts';
import type { PartnerServer } from '../../test/notifications/partner.ts';

const secretOf = (letter: string): string => `whsec_${Buffer.alloc(24, letter).toString('base64')}`;

/** Of the source in sources.json. */
export const EVENT_SECRET = secretOf('e');
const CUSTOMERS = 220;
const SIGN_UP_MS = 5 * 60_000;
const TAKE_MS = { min: 5_000, max: 2 * 60_000 };
/** People who sign up without a form, and do not come back. */
const FORGETFUL = 30;
const SHARED_ADDRESSES = 6;
const EVENTS = 60;

/** @returns what ends the life of the people, who may take minutes to finish what they began */
export async function liveThrough(
  stage: Stage,
  partner: PartnerServer,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  const { simulator, gatewayUrl, options } = stage;
  const customers = customersOf(CUSTOMERS, options.seed);
  for (const { email, path } of customers)
    if (path !== 'created') await simulator.openAccount(email);
  const habits = { gatewayUrl, seed: options.seed, takeMs: TAKE_MS, readEveryMs: 1_000 };
  const people = peopleAt(simulator, customers, habits);
  const signingUp = signUp(gatewayUrl, customers, SIGN_UP_MS);
  await Promise.all([signingUp.done, others(stage), trouble(stage, partner, say)]);
  return () => people.stop();
}

/** Who comes in by other doors. */
async function others({ simulator, gatewayUrl }: Stage): Promise<void> {
  const every = SIGN_UP_MS / EVENTS;
  for (let n = 0; n < EVENTS; n++) {
    const email = `guest-${n}@example.org`;
    await event(gatewayUrl, { type: 'started', id: `guest-${n}`, email });
    if (n % 6 === 0) await event(gatewayUrl, { type: 'renamed', id: `guest-${n}`, email });
    if (n % 10 === 0) await event(gatewayUrl, { type: 'started', id: 'x', email }, secretOf('x'));
    if (n < FORGETFUL) {
      await api(gatewayUrl, `/onboardings/late-${n}`, { email: `late-${n}@example.org` });
      await see(gatewayUrl, `late-${n}`);
    }
    if (n < SHARED_ADDRESSES) {
      const shared = `shared-${n}@example.org`;
      await simulator.openAccount(shared);
      for (const who of ['a', 'b'])
        await api(gatewayUrl, `/onboardings/${who}-${n}`, { email: shared });
    }
    await webhook(gatewayUrl, { email: `stranger-${n}@example.org` });
    await pause(every);
  }
}

/** What an operator has to see: AR24 fails in several ways, the partner's server refuses. */
async function trouble(
  { simulator }: Stage,
  partner: PartnerServer,
  say: (line: string) => void,
): Promise<void> {
  const part = SIGN_UP_MS / 8;
  await pause(2 * part);
  say('AR24 is slow, and a part of its answers is lost');
  await simulator.setFaults({
    latencyMs: { min: 100, max: 900, probability: 0.5 },
    http5xx: { probability: 0.1 },
  });
  await pause(1.5 * part);
  say('AR24 is in maintenance');
  await simulator.setFaults({ http5xx: null, maintenance: {} });
  await pause(part);
  say("AR24 is back, and the partner's server fails");
  await simulator.setFaults({ maintenance: null, latencyMs: null });
  partner.status = 503;
  await pause(1.5 * part);
  say('AR24 refuses the registration forms for a reason that nobody knows');
  partner.status = 204;
  await simulator.setFaults({ unknownSlug: { routes: ['POST /user'], probability: 0.5 } });
  await pause(2 * part);
}

async function event(gatewayUrl: string, content: object, secret = EVENT_SECRET): Promise<void> {
  const body = JSON.stringify(content);
  await sent(`${gatewayUrl}/events/shop`, { headers: signedHeaders(body, secret), body });
}

async function webhook(gatewayUrl: string, fields: Record<string, string>): Promise<void> {
  const body = new URLSearchParams(fields);
  await sent(`${gatewayUrl}/webhooks/ar24/${WEBHOOK_SECRET}`, { body });
}

/** Opens the page of a sender. */
async function see(gatewayUrl: string, reference: string): Promise<void> {
  const answer = await sent(`${gatewayUrl}/onboardings/${reference}/links`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  if (answer === undefined) return;
  const { url } = (await answer.json()) as { readonly url?: string };
  if (url !== undefined) await sent(url, { method: 'GET' });
}

function api(gatewayUrl: string, path: string, body: object): Promise<Response | undefined> {
  return sent(gatewayUrl + path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A busy machine answers some requests too late; the load is none the worse. */
function sent(url: string, init: RequestInit): Promise<Response | undefined> {
  const signal = AbortSignal.timeout(20_000);
  return fetch(url, { method: 'POST', signal, ...init }).catch(() => undefined);
}
