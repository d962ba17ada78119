/**
 * Two AR24 accounts in one namespace would mix: the account of a sender of one looks deleted in the
 * other.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { compareAr24Account, keepAr24Account } from '../../worker/ar24-account.ts';
import { registerSearchAttributes } from '../../worker/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { startOnboard } from '../cli/onboard.ts';
import { ready, startWorker, stop, WORKER_ENVIRONMENT } from './worker.ts';
import { days } from '../support/days.ts';

const testEnv = useDevelopmentServer();
const ACCOUNT = { baseUrl: 'https://sandbox.ar24.fr/api/', token: 'one' };
let connection: Connection;

beforeAll(async () => {
  connection = await Connection.connect({ address: testEnv.server.address });
});

afterAll(() => connection.close());

async function aNamespace(): Promise<string> {
  const namespace = `ns-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: days(30),
  });
  await registerSearchAttributes(connection, namespace);
  return namespace;
}

test('of several AR24 accounts at once one is recorded, and the others see it', async () => {
  const namespace = await aNamespace();
  const accounts = Array.from({ length: 6 }, (_, n) => ({ ...ACCOUNT, token: `token ${n % 2}` }));
  const results = await Promise.all(
    accounts.map((account) => keepAr24Account(connection, namespace, account)),
  );
  expect(results.filter((one) => one === 'kept')).toHaveLength(1);
  const keeper = results.indexOf('kept') % 2;
  expect(results.filter((_, n) => n % 2 === keeper && results[n] === 'another')).toEqual([]);
  expect(results.filter((_, n) => n % 2 !== keeper)).toEqual(['another', 'another', 'another']);
});

test.each([
  ['same', ACCOUNT],
  ['same', { ...ACCOUNT, baseUrl: 'https://SANDBOX.ar24.fr/api' }],
  ['another', { ...ACCOUNT, token: 'two' }],
  ['another', { ...ACCOUNT, baseUrl: 'https://app.ar24.fr/api/' }],
] as const)('%s: %j', async (kept, account) => {
  const namespace = await aNamespace();
  expect(await compareAr24Account(connection, namespace, account)).toBe('none');
  await keepAr24Account(connection, namespace, ACCOUNT);
  expect(await compareAr24Account(connection, namespace, account)).toBe(kept);
});

test('a worker with another token does not start, doctor reports it, and a rotation changes it', async () => {
  const namespace = await aNamespace();
  const place = { TEMPORAL_ADDRESS: testEnv.server.address, TEMPORAL_NAMESPACE: namespace };
  const first = startWorker(place);
  await ready(first);
  const rotated = { ...place, AR24_TOKEN: 'secret-new-token' };
  const refused = await startWorker(rotated).end;
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('works with another AR24 account');
  expect(refused.err).toContain('onboard key rotate --kind ar24');
  expect(refused.err).not.toContain('secret');

  const environment = {
    ...WORKER_ENVIRONMENT,
    ...rotated,
    ONBOARDING_HASH_KEY: `1:${Buffer.from(HASH_KEY.key).toString('base64')}`,
  };
  const accountSeen = async (): Promise<unknown> => {
    const { out } = await startOnboard(['doctor', '--json'], { env: environment }).end;
    const { checks } = JSON.parse(out) as { checks: { check: string; state: string }[] };
    return checks.find(({ check }) => check === 'ar24-account')?.state;
  };
  expect(await accountSeen()).toBe('failed');
  const { code, out } = await startOnboard(['key', 'ar24', '--json'], { env: environment }).end;
  expect({ code, kept: JSON.parse(out) as unknown }).toEqual({
    code: 0,
    kept: { namespace, kept: true },
  });
  expect(await accountSeen()).toBe('ok');
  // Running workers continue until they are restarted.
  const second = startWorker(rotated);
  await ready(second);
  expect((await startWorker(place).end).code).toBe(2);
  expect([(await stop(first)).code, (await stop(second)).code]).toEqual([0, 0]);
});
