/** Sign-up events before a real Temporal: first with no worker, then with one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import fc from 'fast-check';
import { WITHDRAWN_TYPE, workflowIdOf } from '../../../workflows/contract/index.ts';
import { aReference, anAddress, reaches } from '../../client/onboardings.ts';
import { useDevelopmentServer } from '../../client/development-server.ts';
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

/** Another where a second onboarding has begun. */
async function runOf(
  reference: string,
): Promise<Pick<WorkflowExecutionDescription, 'runId' | 'type'>> {
  const { runId, type } = await here.temporal.workflow
    .getHandle(workflowIdOf(reference))
    .describe();
  return { runId, type };
}

describe('who may speak', () => {
  test('a bad, old, future or missing signature, another source’s and an altered body are one 401', async () => {
    const { created } = await anybody();
    const now = Date.now();
    const good = signedHeaders(created, CLERK, { prefix: 'svix' });
    const altered = `${created.slice(0, -1)} `;
    const answers = await Promise.all([
      send(created, { at: new Date(now - 301_000) }),
      send(created, { at: new Date(now + 303_000) }),
      post('clerk', altered, good),
      post('clerk', created, { ...good, 'svix-id': 'msg_other' }),
      post('clerk', created, { ...good, 'svix-signature': 'v1,AAAA' }),
      post('clerk', created, { ...good, 'svix-signature': '' }),
      post('clerk', created, {}),
      post('clerk', '', {}),
      post('clerk', created, signedHeaders(created, SECRETS.SUPABASE_HOOK_SECRETS.slice(3))),
      post('crm', created, good),
      post('nobody', created, good),
      post('clerk%00', created, good),
      post('__proto__', created, good),
    ]);
    const told = answers.map(({ status, json }) => ({ status, ...json, instance: undefined }));
    expect(told).toEqual(answers.map(() => told[0]));
    expect(told[0]).toMatchObject({ status: 401, code: 'not-authentic' });
    expect(gateway.logged()).toContain('"source":"crm","msg":"an event that is not authentic"');
  });

  test('of several secrets each will do, under either name of the headers, in any content type', async () => {
    const [former = '', present = ''] = SECRETS.CRM_EVENT_SECRETS.split(', ');
    for (const [secret, prefix] of [
      [former, 'svix'],
      [present, 'webhook'],
    ] as const) {
      const body = '{"type":"customer.moved"}';
      const headers = signedHeaders(body, secret, { prefix });
      const answer = await post('crm', body, { ...headers, 'content-type': 'text/odd' });
      expect(answer.status).toBe(204);
    }
    // As Supabase joins the signatures of two secrets.
    const body = await fixture('supabase-before-user-created', {
      'ff7fc9ae-3b1b-4642-9241-64adb9848a03': aReference(),
      'valid.email@supabase.com': anAddress(),
    });
    const headers = signedHeaders(body, SECRETS.SUPABASE_HOOK_SECRETS.slice(3));
    const signature = `v1,c29tZWJvZHkncw==, ${headers['webhook-signature'] ?? ''}`;
    const answer = await post('supabase', body, { ...headers, 'webhook-signature': signature });
    expect(answer).toMatchObject({ status: 202, json: {} });
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  test('too large is 413, what is no JSON 400, an unknown type 204', async () => {
    const large = JSON.stringify({ type: 'x'.repeat(70_000) });
    expect((await send(large)).status).toBe(413);
    expect(await send('{"type":')).toMatchObject({
      status: 400,
      json: { code: 'malformed-body' },
    });
    expect((await send('{"type":"jeanne@example.org"}')).status).toBe(204);
    expect((await send('{"type":"session.created"}')).status).toBe(204);
    expect(gateway.logged()).toContain('"type":"session.created"');
    expect(gateway.logged()).not.toContain('jeanne@example.org');
  });

  test('what the source is not configured for is named by field, not by value', async () => {
    const { created } = await clerkEvents('jeanne@example.org', 'no address');
    expect(await send(created)).toMatchObject({
      status: 422,
      json: {
        code: 'unusable-event',
        errors: [{ detail: expect.stringMatching(/^email \(\$\.data\.email_addresses/) }],
      },
    });
    const { deleted } = await clerkEvents('jeanne@example.org', anAddress());
    const refused = await send(deleted);
    expect(refused).toMatchObject({
      status: 422,
      json: {
        errors: [{ detail: expect.stringMatching(/^reference \(\$\.data\.id\): must not/) }],
      },
    });
    expect(await send('{"type":"user.created","data":{}}')).toMatchObject({ status: 422 });
    expect(gateway.logged()).toContain('an event that cannot be used');
    expect(gateway.logged() + refused.text).not.toMatch(/jeanne@example|no address/);
  });

  test('whatever is signed, nothing is unexpected', async () => {
    const types = ['user.created', 'user.deleted', 'user.updated', 'other'];
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc
            .record({ type: fc.constantFrom(...types), data: fc.jsonValue() })
            .map((event) => JSON.stringify(event)),
        ),
        async (body) => {
          const { status } = await send(body);
          expect([202, 204, 400, 401, 422]).toContain(status);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('with no worker', () => {
  test('an event that is repeated, by whatever id, starts one onboarding', async () => {
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

  test('a resuming event before any start does nothing', async () => {
    const reference = aReference();
    const { updated } = await clerkEvents(reference, anAddress());
    expect((await send(updated)).status).toBe(202);
    const found = await gateway.call('GET', `/onboardings/${reference}`);
    expect(found.status).toBe(404);
  });

  test('a deletion is remembered where it comes before the sign-up, and more than once', async () => {
    const reference = aReference();
    const { created, deleted } = await clerkEvents(reference, anAddress());
    expect((await send(deleted)).status).toBe(202);
    const run = await runOf(reference);
    expect(run.type).toBe(WITHDRAWN_TYPE);
    for (const late of [created, deleted, created]) expect((await send(late)).status).toBe(202);
    expect(await runOf(reference)).toEqual(run);
    expect(gateway.logged()).toContain('"outcome":"ended"');
  });

  test('an address that has caused enough mails has to wait, and is told when to try again', async () => {
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

  test('what was taken while none ran goes on, to the end that the person wants', async () => {
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

  test('a deletion delivered again takes back nothing begun anew since; another one does', async () => {
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

  test('late events change nothing of what has ended; a claim is kept in the name of its source', async () => {
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
    // Until there is an account, there are no terms to accept.
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

test('with Temporal gone the sender of the event is told when to try again', async () => {
  await here.server.stop();
  const { created, updated, deleted } = await anybody();
  for (const answer of await Promise.all([created, updated, deleted].map((body) => send(body)))) {
    expect(answer).toMatchObject({ status: 503, json: { code: 'temporal-unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await send('{"type":"session.created"}')).status).toBe(204);
});
