/** During an outage of Temporal, callers get the gateway's answers, also behind a proxy that asks which gateways are ready. */
import { afterAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { dataConverter } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import { layWire } from '../../drill/harm/wire.ts';
import { startGatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
const ends: (() => unknown)[] = [];

afterAll(async () => {
  for (const end of ends) await end();
});

test('a gateway that reached Temporal stays in its proxy without it, answers temporal-unavailable, and leaves to stop', async () => {
  const wire = await layWire(here.server.address);
  const connection = Connection.lazy({ address: wire.address });
  ends.push(
    () => connection.close(),
    () => {
      wire.close();
    },
  );
  const gateway = await startGatewayUnderTest(new Client({ connection, dataConverter }));
  const put = () =>
    gateway.call('PUT', `/onboardings/${aReference()}`, { body: { email: anAddress() } });
  const readiness = async () => {
    const answers = ['/ready', '/ready?exclude=temporal'].map((path) => gateway.call('GET', path));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  expect(await readiness()).toEqual([200, 200]);
  expect((await put()).status).toBe(202);

  wire.refuse();
  await eventually('noticed', readiness, ([ready]) => ready === 503);
  expect(await readiness()).toEqual([503, 200]);
  const refused = await put();
  expect(refused).toMatchObject({ status: 503, json: { code: 'temporal-unavailable' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);

  const closed = gateway.close(2_000);
  expect(await readiness()).toEqual([503, 503]);
  await closed;
});
