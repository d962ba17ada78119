/** Who may send sign-up events, and the answers to others. */
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aReference, anAddress } from '../../client/onboardings.ts';
import { useDevelopmentServer } from '../../client/development-server.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';
import {
  clerkEvents,
  exampleSources,
  fixture,
  SECRETS,
  signedHeaders,
  type Signing,
} from './events.ts';
import { draws } from '../../support/draws.ts';

const CLERK = SECRETS.CLERK_WEBHOOK_SECRETS;
const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal, { sources: await exampleSources() });
});

const post = (source: string, body: string, headers: Record<string, string>) =>
  gateway.call('POST', `/events/${source}`, { body, headers, key: null });

/** As Clerk signs and sends it. */
const send = (body: string, signing: Signing = {}) =>
  post('clerk', body, signedHeaders(body, CLERK, { prefix: 'svix', ...signing }));

const anybody = () => clerkEvents(aReference(), anAddress());

test('a bad, old, future or missing signature, another source’s and an altered body get the same 401', async () => {
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
  const bodies = answers.map(({ status, json }) => ({ status, ...json, instance: undefined }));
  expect(bodies).toEqual(answers.map(() => bodies[0]));
  expect(bodies[0]).toMatchObject({ status: 401, code: 'not-authentic' });
  // The caller does not get the reason; the log does.
  const whys = new Set(
    gateway
      .logged()
      .split('\n')
      .filter((line) => line.includes('"msg":"an event that is not authentic"'))
      .map((line) => JSON.parse(line) as { source: string; why: string })
      .map(({ source, why }) => `${source}: ${why}`),
  );
  expect(whys).toEqual(
    new Set([
      ...['too old', 'too new', 'no secret matches', 'wrong signature'].map((w) => `clerk: ${w}`),
      ...['crm: no secret matches', 'none: unknown source'],
    ]),
  );
});

test('each of several secrets is accepted, with both names of the headers and any content type', async () => {
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

test('too large is 413, no JSON is 400, an unknown type is 204', async () => {
  const large = JSON.stringify({ type: 'x'.repeat(70_000) });
  expect((await send(large)).status).toBe(413);
  expect(await send('{"type":')).toMatchObject({
    status: 400,
    json: { code: 'malformed-body' },
  });
  expect((await send('{"type":"jeanne@example.org"}')).status).toBe(204);
  expect((await send('{"type":"session.created"}')).status).toBe(204);
  expect((await send('\uFEFF{"type":"session.created"}')).status).toBe(204);
  expect(gateway.logged()).toContain('"type":"session.created"');
  expect(gateway.logged()).not.toContain('jeanne@example.org');
});

test('a value that the source is not configured for is reported by field, not by value', async () => {
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

test('a sign-up with an invalid address is answered with 2xx, and the log names the field', async () => {
  const { created, updated } = await clerkEvents(aReference(), 'no address');
  for (const body of [created, updated]) expect((await send(body)).status).toBe(204);
  expect(gateway.logged()).toMatch(/"faults":\[{"field":"email \(\$\.data\.email_addresses/);
  expect(gateway.logged()).not.toContain('no address');
  // As Supabase sends it for an anonymous sign-up or one with a phone number.
  const body = await fixture('supabase-before-user-created', { 'valid.email@supabase.com': '' });
  const headers = signedHeaders(body, SECRETS.SUPABASE_HOOK_SECRETS.slice(3));
  expect((await post('supabase', body, headers)).status).toBe(204);
  expect(gateway.logged()).toContain('an event without an address: ignored');
});

test('any signed event is answered without an unexpected error', async () => {
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
    { numRuns: draws(100) },
  );
});
