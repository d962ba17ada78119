/** A message that is repeated after a restart was meant for the onboarding before it. */
import { expect, test } from '@jest/globals';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { startGatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();

test('a key from before a restart does nothing to the onboarding after it', async () => {
  const gateway = await startGatewayUnderTest(here.temporal);
  await here.startWorker();
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
