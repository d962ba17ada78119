/** A clock that is set back must not lock callers out for as long. */
import { expect, test } from '@jest/globals';
import { useDevelopmentServer } from '../client/development-server.ts';
import { aReference } from '../client/onboardings.ts';
import { withClockSetBack } from '../support/clock.ts';
import { startGatewayUnderTest, type Answer } from './gateway.ts';

const here = useDevelopmentServer();

const secondsIn = ({ headers }: Answer, header: string) => Number(headers.get(header));

test.each([
  ['the calls of a key', 0.3, (): string => `/onboardings/${aReference()}`],
  ['lists', 10_000, () => '/onboardings?limit=1000'],
])('set back by half an hour, %s are refused for seconds at most', async (_what, rate, path) => {
  const gateway = await startGatewayUnderTest(here.temporal, { callsPerKeyAndSecond: rate });
  const calls = 4;
  for (let call = 0; call < calls; call++) await gateway.call('GET', path());
  const answer = await withClockSetBack(() => gateway.call('GET', path()));
  expect(answer.status).toBe(429);
  expect(secondsIn(answer, 'retry-after')).toBeGreaterThan(0);
  expect(secondsIn(answer, 'retry-after')).toBeLessThanOrEqual(10);
});

test('set back by half an hour, the page refuses for a minute at most', async () => {
  const gateway = await startGatewayUnderTest(here.temporal);
  const press = () => gateway.call('POST', '/s/nothing/done', { key: null });
  for (let call = 0; call < 60; call++) await press();
  const answer = await withClockSetBack(press);
  expect(answer.status).toBe(429);
  expect(secondsIn(answer, 'x-ratelimit-reset')).toBeLessThanOrEqual(60);
});
