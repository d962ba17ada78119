/** What an Idempotency-Key counts for: one message, to the onboarding that was open then. */
import { beforeAll, expect, test } from '@jest/globals';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { startGatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();

beforeAll(async () => {
  await here.startWorker();
});

test('a key from before a restart does nothing to the onboarding after it', async () => {
  const gateway = await startGatewayUnderTest(here.temporal);
  const path = `/onboardings/${aReference()}`;
  const start = (query = '') =>
    gateway.call('PUT', `${path}${query}`, { body: { email: anAddress() } });
  const reads = (status: string) =>
    eventually(
      status,
      () => gateway.call('GET', path),
      ({ json }) => json['status'] === status,
    );
  const cancel = (key: string) =>
    gateway.call('POST', `${path}/cancellation`, {
      body: { reason: 'a mistake' },
      headers: { 'idempotency-key': key },
    });

  expect((await start()).status).toBe(202);
  await reads('awaiting-registration');
  for (const key of ['first', 'second']) {
    expect((await cancel(key)).status).toBe(200);
    await reads('cancelled');
    expect((await start('?restart=true')).status).toBe(202);
    await reads('awaiting-registration');
  }
  for (const key of ['first', 'second']) {
    const repeated = await cancel(key);
    expect(repeated).toMatchObject({ status: 409, json: { code: 'not-now' } });
    expect(repeated.text).toContain('accepted by an earlier onboarding');
  }
  await reads('awaiting-registration');
  expect((await cancel('third')).status).toBe(200);
});

test('with another body the same key is another message', async () => {
  const gateway = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 1 });
  const path = `/onboardings/${aReference()}`;
  await gateway.call('PUT', path, { body: { email: anAddress() } });
  const correct = (email: string) =>
    gateway.call('POST', `${path}/address`, {
      body: { email },
      headers: { 'idempotency-key': 'the-same' },
    });
  const [one, other] = [anAddress(), anAddress()];
  const [first, second, repeated] = [await correct(one), await correct(other), await correct(one)];
  expect([first.status, second.status, repeated.status]).toEqual([200, 200, 200]);
  // The second was processed, and did not only take a mail from the day's budget of its address.
  expect(Number(second.json['version'])).toBeGreaterThan(Number(first.json['version']));
  expect(repeated.json['version']).toBe(first.json['version']);
});
