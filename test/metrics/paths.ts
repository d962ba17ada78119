/** Every path of an onboarding, and every failure that metrics count, on a system that is measured. */
import { Client, Connection } from '@temporalio/client';
import { expect } from '@jest/globals';
import proto from '@temporalio/proto';
import { OnboardingClient } from '../../client/index.ts';
import { encryptingConverter, parseEncryptionKeys } from '../../codec/index.ts';
import { notificationsIdOf, workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY } from '../client/development-server.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import type { RunningSystem } from '../cli/running-system.ts';
import { signedHeaders } from '../gateway/events/events.ts';
import { KEYS } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { scrape, sumOf } from './series.ts';
import { EVENT_SECRET, UNKNOWN_KEY, WEBHOOK_SECRET, type Measured } from './system.ts';

const UNKNOWN_SECRET = `whsec_${Buffer.alloc(24, 'x').toString('base64')}`;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const STARTED = proto.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;

/**
 * One after the other: on a busy machine, the gateway answers 503 within its short limit.
 *
 * @param afterFirst is awaited when the first sender is ready
 */
export async function leadThroughEveryPath(
  here: RunningSystem,
  measured: Measured,
  afterFirst: () => Promise<void>,
): Promise<void> {
  const paths = [
    ...[
      existingAccount,
      afterFirst,
      newAccount,
      refusedAccess,
      expired,
      cancelled,
      identity,
      sharedAddress,
    ],
    ...[byEvents, byImport, page, webhooks, decoding, givenUp, failingAr24, missingKey],
  ];
  for (const path of paths) await path();

  function api(method: string, path: string, body?: unknown): Promise<Response> {
    const init = {
      method,
      headers: {
        authorization: `Bearer ${measured.apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    return answered(() => fetch(new URL(path, measured.gatewayUrl), init));
  }

  /** An event of the source `own`. */
  function sent(event: object, secret = EVENT_SECRET, source = 'own'): Promise<Response> {
    const body = JSON.stringify(event);
    const url = new URL(`/events/${source}`, measured.gatewayUrl);
    const init = { method: 'POST', headers: signedHeaders(body, secret), body };
    return answered(() => fetch(url, init));
  }

  async function existingAccount(): Promise<void> {
    const { client } = here;
    const { simulator } = here.testEnv;
    const [reference, email] = [aReference(), anAddress()];
    simulator.createAccount({ email });
    expect((await api('PUT', `/onboardings/${reference}`, { email })).status).toBe(202);
    await reaches(client, reference, 'awaiting-attachment');
    await new Person(simulator, email).receives('access-request');
    await new Person(simulator, email).acceptsAccess();
    await reaches(client, reference, 'ready');
    // The address has had its mail of the day.
    expect((await api('PUT', `/onboardings/${aReference()}`, { email })).status).toBe(429);
  }

  async function newAccount(): Promise<void> {
    const { client } = here;
    const [reference, email] = [aReference(), anAddress()];
    await client.start({ reference, email, registration: registrationForm() });
    const person = new Person(here.testEnv.simulator, email);
    await person.confirmsEmail();
    await reaches(client, reference, 'awaiting-terms');
    await person.acceptsTerms();
    await reaches(client, reference, 'ready');
  }

  async function refusedAccess(): Promise<void> {
    const [reference, email] = [aReference(), anAddress()];
    here.testEnv.simulator.createAccount({ email });
    await here.onboard(['start', reference, '--email', email]);
    await reaches(here.client, reference, 'awaiting-attachment');
    await here.onboard(['refuse', reference]);
    await reaches(here.client, reference, 'refused');
  }

  async function expired(): Promise<void> {
    const reference = aReference();
    await here.client.start({ reference, email: anAddress() });
    await reaches(here.client, reference, 'awaiting-registration');
    const soon = new Date(Date.now() + 5_000).toISOString();
    await here.client.extend(reference, { until: soon });
    await reaches(here.client, reference, 'expired');
  }

  async function cancelled(): Promise<void> {
    const reference = aReference();
    await here.client.start({ reference, email: anAddress() });
    await here.client.cancel(reference, { reason: 'no longer wanted' });
    await reaches(here.client, reference, 'cancelled');
  }

  async function identity(): Promise<void> {
    const [reference, email] = [aReference(), anAddress()];
    here.testEnv.simulator.createAccount({ email });
    await here.client.start({ reference, email, require: ['identity'] });
    await new Person(here.testEnv.simulator, email).acceptsAccess();
    await reaches(here.client, reference, 'awaiting-identity');
    await eventually(
      'ordered',
      () => here.client.view(reference),
      (view) => !view.partial && view.requests.some(({ kind }) => kind === 'identity'),
    );
  }

  /** Two references of one account: an operator has to decide whose it is. */
  async function sharedAddress(): Promise<void> {
    const [first, second, email] = [aReference(), aReference(), anAddress()];
    here.testEnv.simulator.createAccount({ email });
    await here.client.start({ reference: first, email });
    await here.client.start({ reference: second, email });
    await reaches(here.client, first, 'awaiting-attachment');
    await reaches(here.client, second, 'awaiting-attachment');
    await new Person(here.testEnv.simulator, email).acceptsAccess();
    await reaches(here.client, second, 'awaiting-operator');
  }

  async function byEvents(): Promise<void> {
    const [id, email] = [aReference(), anAddress()];
    expect((await sent({ type: 'started', id, email })).status).toBe(202);
    expect((await sent({ type: 'renamed', id, email })).status).toBe(204);
    expect((await sent({ type: 'started', id: email, email })).status).toBe(422);
    expect((await sent({ type: 'started', id, email }, UNKNOWN_SECRET)).status).toBe(401);
    expect((await sent({ type: 'started', id, email }, EVENT_SECRET, 'nobody')).status).toBe(401);
  }

  async function byImport(): Promise<void> {
    const file = await here.file('people.csv', `reference;email\n${aReference()};${anAddress()}\n`);
    expect((await here.onboard(['import', file])).code).toBe(0);
  }

  async function page(): Promise<void> {
    const reference = aReference();
    await api('PUT', `/onboardings/${reference}`, { email: anAddress() });
    await reaches(here.client, reference, 'awaiting-registration');
    const { url } = (await (await api('POST', `/onboardings/${reference}/links`)).json()) as {
      readonly url: string;
    };
    expect((await answered(() => fetch(url))).status).toBe(200);
    await fetch(new URL('/s/unwanted', measured.gatewayUrl));
    const stream = await api('GET', `/onboardings/${reference}/events`);
    await stream.body?.cancel();
  }

  async function webhooks(): Promise<void> {
    const [reference, email] = [aReference(), anAddress()];
    await here.client.start({ reference, email });
    await reaches(here.client, reference, 'awaiting-registration');
    const hook = (fields: Record<string, string>) =>
      fetch(new URL(`/webhooks/ar24/${WEBHOOK_SECRET}`, measured.gatewayUrl), {
        method: 'POST',
        body: new URLSearchParams(fields),
      });
    await eventually(
      'hinted',
      async () => {
        await hook({ email });
        return scrape(measured.metrics.gateway);
      },
      (text) =>
        sumOf(text, 'onboarding_gateway_webhooks_total', { result: 'hinted' }) !== undefined,
    );
    await hook({ email: anAddress() });
  }

  /** The codec server gets a payload of a key that it lacks, one that was altered, and one to encode. */
  async function decoding(): Promise<void> {
    const post = (route: string, payload: object) =>
      fetch(`${measured.codecUrl}/${route}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ payloads: [payload] }),
      });
    const encrypted = (keyId: string) => ({
      metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64(keyId) },
      data: base64('not encrypted at all, and long enough'),
    });
    for (const keyId of ['lost', KEYS[0].id])
      expect((await post('decode', encrypted(keyId))).ok).toBe(true);
    const plain = { metadata: { encoding: base64('json/plain') }, data: base64('"text"') };
    expect((await post('encode', plain)).ok).toBe(true);
  }

  /** The partner's server refuses a notification, and Temporal gives up on it: here by hand, else after three days. */
  async function givenUp(): Promise<void> {
    const { temporal } = here.testEnv;
    const reference = aReference();
    measured.partner.status = 503;
    await here.client.start({ reference, email: anAddress() });
    const handle = temporal.workflow.getHandle(notificationsIdOf(reference));
    // Its own: the notifications of the senders before may be refused too, and this one may not have begun.
    await eventually(
      'a refused notification',
      () => Promise.resolve(measured.partner.tries),
      (tries) => tries.some(({ view }) => view.reference === reference),
    );
    await counted('onboarding_notification_attempts_total', { result: 'refused' });
    // Only an attempt in flight can be failed by hand.
    measured.partner.isSilent = true;
    const { raw } = await eventually(
      'an attempt in flight',
      () => handle.describe(),
      ({ raw: { pendingActivities } }) => pendingActivities?.[0]?.state === STARTED,
    );
    await temporal.workflowService.respondActivityTaskFailedById({
      namespace: 'default',
      workflowId: notificationsIdOf(reference),
      activityId: raw.pendingActivities?.[0]?.activityId ?? '',
      failure: { message: 'by hand', applicationFailureInfo: { nonRetryable: true } },
    });
    await counted('onboarding_notifications_total', { result: 'given-up' });
    measured.partner.isSilent = false;
    measured.partner.status = 204;
  }

  /** AR24 is away for a moment, then answers something new, and at last refuses our credentials, as long as the test lasts. */
  async function failingAr24(): Promise<void> {
    const { simulator } = here.testEnv;
    simulator.setFaults({ maintenance: { count: 1 } });
    await counted('onboarding_ar24_requests_total', { result: 'maintenance' });
    await counted('onboarding_ar24_circuit_open', { kind: 'maintenance' });
    simulator.setFaults({ maintenance: null, unknownSlug: {} });
    const reference = aReference();
    await here.client.start({ reference, email: anAddress() });
    await counted('onboarding_problems_total', { kind: 'unknown-slug' });
    simulator.setFaults({ unknownSlug: null });
    await reaches(here.client, reference, 'awaiting-registration');
    await counted('onboarding_problems_ended_total', { kind: 'unknown-slug' });
    simulator.setFaults({ unknownSlug: { slug: 'token_invalid' } });
    await counted('onboarding_problems_total', { kind: 'credentials' });
  }

  async function counted(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await eventually(
      `${name} ${JSON.stringify(labels)}`,
      async () => sumOf(await scrape(measured.metrics.worker), name, labels) ?? 0,
      (value) => value > 0,
      120_000,
    );
  }

  /** One onboarding begins under a key that no worker has, and one is terminated. */
  async function missingKey(): Promise<void> {
    const connection = await Connection.connect({ address: here.testEnv.server.address });
    const dataConverter = encryptingConverter(parseEncryptionKeys(UNKNOWN_KEY));
    const foreign = new Client({ connection, dataConverter });
    const stranger = new OnboardingClient({ temporal: foreign, hashKey: HASH_KEY });
    await stranger.start({ reference: aReference(), email: anAddress() });
    await counted('onboarding_codec_failures_total', { why: 'unknown-key' });
    const terminated = aReference();
    await here.client.start({ reference: terminated, email: anAddress() });
    await foreign.workflow.getHandle(workflowIdOf(terminated)).terminate();
    await connection.close();
  }
}

/** Until Temporal answers the gateway in time. */
function answered(call: () => Promise<Response>): Promise<Response> {
  return eventually('an answer', call, ({ status }) => status !== 503);
}
