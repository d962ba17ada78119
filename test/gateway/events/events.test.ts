/** Sign-up events with a real Temporal: first without a worker, then with one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { ATTRIBUTES, WITHDRAWN_TYPE, workflowIdOf } from '../../../workflows/contract/index.ts';
import { aReference, anAddress, reaches } from '../../client/onboardings.ts';
import { useDevelopmentServer } from '../../client/development-server.ts';
import { registrationForm } from '../../support/people.ts';
import { eventually } from '../../support/eventually.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';
import {
  clerkEvents,
  exampleSources,
  fixture,
  SECRETS,
  signedHeaders,
  type Signing,
} from './events.ts';

const CLERK = SECRETS.CLERK_WEBHOOK_SECRETS;
const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  const sources = await exampleSources();
  gateway = await startGatewayUnderTest(here.temporal, { sources, mailsPerAddressAndDay: 2 });
});

const post = (source: string, body: string, headers: Record<string, string>) =>
  gateway.call('POST', `/events/${source}`, { body, headers, key: null });

/** As Clerk signs and sends it. */
const send = (body: string, signing: Signing = {}) =>
  post('clerk', body, signedHeaders(body, CLERK, { prefix: 'svix', ...signing }));

const anybody = () => clerkEvents(aReference(), anAddress());

/** Another gateway, in a test where a second onboarding has begun. */
async function runOf(
  reference: string,
): Promise<Pick<WorkflowExecutionDescription, 'runId' | 'type'>> {
  const { runId, type } = await here.temporal.workflow
    .getHandle(workflowIdOf(reference))
    .describe();
  return { runId, type };
}

describe('without a worker', () => {
  test('repeated events, with any id, start one onboarding', async () => {
    const reference = aReference();
    const { created } = await clerkEvents(reference, anAddress());
    const id = 'msg_same';
    expect(await send(created, { id })).toMatchObject({ status: 202, text: '{}' });
    const run = await runOf(reference);
    for (const signing of [{ id }, {}]) expect((await send(created, signing)).status).toBe(202);
    const { created: changed } = await clerkEvents(reference, anAddress());
    expect((await send(changed)).status).toBe(202);
    expect(await runOf(reference)).toEqual(run);
    expect(gateway.logged()).toContain('"outcome":"open-differs"');
  });

  test('a form that cannot be used is logged with field and rule, and without a value', async () => {
    const secret = SECRETS.CRM_EVENT_SECRETS.split(', ')[1] ?? '';
    const body = await fixture('customer-registered', {
      '4711': `"${aReference()}"`,
      'jeanne@example.org': anAddress(),
      '732 829 320 00074': '732 829 320 00075',
    });
    expect((await post('crm', body, signedHeaders(body, secret))).status).toBe(202);
    expect(gateway.logged()).toContain('"field":"registration.company_siret"');
    expect(gateway.logged()).toContain('is not a SIRET: its check digit does not fit');
    expect(gateway.logged()).not.toMatch(/732 ?829/);
  });

  test('a correction before any start does nothing, except to start a recent sign-up', async () => {
    const reference = aReference();
    const { updated } = await clerkEvents(reference, anAddress());
    expect((await send(updated)).status).toBe(202);
    const found = await gateway.call('GET', `/onboardings/${reference}`);
    expect(found.status).toBe(404);
    const recent = updated.replace('1654012591514', String(Date.now() - 86_400_000));
    expect((await send(recent)).status).toBe(202);
    const run = await runOf(reference);
    // A late event from before changes nothing.
    const { created } = await clerkEvents(reference, anAddress());
    expect((await send(created)).status).toBe(202);
    expect(await runOf(reference)).toEqual(run);
  });

  test('a deletion counts if it arrives before the sign-up, and if it arrives twice', async () => {
    const reference = aReference();
    const { created, deleted } = await clerkEvents(reference, anAddress());
    expect((await send(deleted)).status).toBe(202);
    const run = await runOf(reference);
    expect(run.type).toBe(WITHDRAWN_TYPE);
    for (const late of [created, deleted, created]) expect((await send(late)).status).toBe(202);
    expect(await runOf(reference)).toEqual(run);
    expect(gateway.logged()).toContain('"outcome":"ended"');
  });

  test('an address without mails left today gets 429 and Retry-After', async () => {
    const email = anAddress();
    const statuses = [];
    for (let sent = 0; sent < 3; sent++) {
      const { created } = await clerkEvents(aReference(), email);
      const answer = await send(created);
      statuses.push(answer.status, answer.headers.get('retry-after'));
    }
    expect(statuses).toEqual([202, null, 202, null, 429, '3600']);
    expect(gateway.logged()).not.toContain(email);
  });
});

describe('with a worker', () => {
  let stopWorker: () => Promise<void>;

  beforeAll(async () => {
    stopWorker = await here.startWorker();
  });

  afterAll(() => stopWorker());

  test('events accepted without a worker are carried out, to the end that the person wants', async () => {
    await stopWorker();
    const [left, stays] = [aReference(), aReference()];
    for (const reference of [left, stays]) {
      const { created, updated } = await clerkEvents(reference, anAddress());
      expect((await send(created)).status).toBe(202);
      expect((await send(updated)).status).toBe(202);
    }
    const { deleted } = await clerkEvents(left, anAddress());
    expect((await send(deleted)).status).toBe(202);
    stopWorker = await here.startWorker();
    await reaches(gateway.onboardings, left, 'cancelled');
    await reaches(gateway.onboardings, stays, 'awaiting-registration');
    expect(await gateway.onboardings.result(left)).toMatchObject({
      kind: 'cancelled',
      by: 'event:clerk',
      reason: 'user.deleted',
    });
  });

  test('a repeated deletion does not cancel an onboarding begun since; another deletion does', async () => {
    const [reference, email, id] = [aReference(), anAddress(), 'msg_deleted'];
    const { deleted } = await clerkEvents(reference, email);
    for (const another of [{ id }, {}, {}]) {
      await gateway.onboardings.start({ reference, email }, { restart: true });
      await send(deleted, { id });
      await send(deleted, another);
      await reaches(gateway.onboardings, reference, 'cancelled');
    }
    expect(gateway.logged().split('"outcome":"earlier"')).toHaveLength(4);
  });

  test('another address corrects the onboarding, an older event does not undo it, and later corrections are shown only', async () => {
    const [reference, first, second] = [aReference(), anAddress(), anAddress()];
    const { created } = await clerkEvents(reference, first);
    const at = (asOf: number, email: string) =>
      clerkEvents(reference, email).then(({ updated }) =>
        updated.replace('"updated_at": 1654012824306', `"updated_at": ${asOf}`),
      );
    await send(created);
    await reaches(gateway.onboardings, reference, 'awaiting-registration');
    // The oldest event arrives last.
    await send(await at(1_700_000_002_000, second));
    await send(await at(1_700_000_001_000, anAddress()));
    const sent = await eventually(
      'corrected',
      () => gateway.onboardings.mails.keyOf(reference),
      (hash) => hash === gateway.onboardings.emailHashOf(second),
    );
    expect(sent).toBeDefined();
    await reaches(gateway.onboardings, reference, 'awaiting-registration');
    await gateway.onboardings.register(reference, registrationForm());
    await reaches(gateway.onboardings, reference, 'awaiting-email');
    const mailed = here.simulator.mailbox().map(({ to }) => to);
    expect(mailed).toContain(second);
    expect(mailed).not.toContain(first);
    await send(await at(1_700_000_003_000, first));
    const { json } = await eventually(
      'shown',
      () => gateway.call('GET', `/onboardings/${reference}`),
      (answer) => answer.json['otherAddress'] !== null,
    );
    expect(json['otherAddress']).toMatchObject({
      by: 'event:clerk',
      maskedEmail: expect.stringMatching(/…@/),
    });
  });

  test('a correction after the account exists does not count as a mail of the day', async () => {
    const [reference, other] = [aReference(), anAddress()];
    await send((await clerkEvents(reference, anAddress())).created);
    await reaches(gateway.onboardings, reference, 'awaiting-registration');
    await gateway.onboardings.register(reference, registrationForm());
    await eventually(
      'the account, also without a worker',
      () => here.temporal.workflow.getHandle(workflowIdOf(reference)).describe(),
      ({ typedSearchAttributes }) => typedSearchAttributes.get(ATTRIBUTES.accountId) !== undefined,
    );
    const { updated } = await clerkEvents(reference, other);
    for (let times = 0; times < 3; times++) expect((await send(updated)).status).toBe(202);
    const { created } = await clerkEvents(aReference(), other);
    expect((await send(created)).status).toBe(202);
  });

  test('late events do not change an ended onboarding; a claim is recorded with the name of its source', async () => {
    const reference = aReference();
    const { created, updated, deleted } = await clerkEvents(reference, anAddress());
    await send(created);
    await send(deleted);
    await reaches(gateway.onboardings, reference, 'cancelled');
    const run = await runOf(reference);
    for (const late of [updated, created, deleted]) expect((await send(late)).status).toBe(202);
    expect(await runOf(reference)).toEqual(run);

    const secret = SECRETS.CRM_EVENT_SECRETS.split(', ')[1] ?? '';
    const number = aReference();
    const changes = { '4711': `"${number}"`, 'jeanne@example.org': anAddress() };
    const start = await fixture('customer-registered', changes);
    const claim = start.replace('customer.registered', 'customer.terms_accepted');
    const sendOwn = (body: string) => post('crm', body, signedHeaders(body, secret));
    for (const body of [claim, start]) expect((await sendOwn(body)).status).toBe(202);
    // There are terms to accept only once there is an account.
    await reaches(gateway.onboardings, number, 'awaiting-email');
    expect((await sendOwn(claim)).status).toBe(202);
    const { claims } = await eventually(
      'the claim',
      () => gateway.call('GET', `/onboardings/${number}`).then(({ json }) => json),
      (view) => Array.isArray(view['claims']) && view['claims'].length > 0,
    );
    expect(claims).toMatchObject([{ what: 'terms', by: 'event:crm' }]);
  });
});

test('without Temporal, the answer says when to send the event again', async () => {
  await here.server.stop();
  const { created, updated, deleted } = await anybody();
  for (const answer of await Promise.all([created, updated, deleted].map((body) => send(body)))) {
    expect(answer).toMatchObject({ status: 503, json: { code: 'temporal-unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await send('{"type":"session.created"}')).status).toBe(204);
});
