/** The headers that the gateway sets for caches and browsers. */
import { beforeAll, expect, test } from '@jest/globals';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { keyFor, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal);
});

test('no answer may be cached, and only the public name requires TLS', async () => {
  const reference = aReference();
  const start = () =>
    gateway.call('PUT', `/onboardings/${reference}`, { body: { email: anAddress() } });
  await start();
  const paths = ['/onboardings', `/onboardings/${reference}`, '/onboardings/nobody', '/ready'];
  const answers = [
    ...(await Promise.all(paths.map((path) => gateway.call('GET', path)))),
    await gateway.call('GET', '/onboardings', { key: null }),
    await start(),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 401, 409]);
  for (const { headers } of answers) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
  }
});

test('a stream of events may not be cached either', async () => {
  const reference = aReference();
  await gateway.call('PUT', `/onboardings/${reference}`, { body: { email: anAddress() } });
  const gone = new AbortController();
  const stream = await fetch(new URL(`/onboardings/${reference}/events`, gateway.url), {
    headers: { authorization: `Bearer ${keyFor('read')}`, accept: 'text/event-stream' },
    signal: gone.signal,
  });
  gone.abort();
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect(stream.headers.get('cache-control')).toBe('no-store');
});

test('TLS is required for subdomains too if the partner sets so', async () => {
  const strict = await startGatewayUnderTest(here.temporal, { hstsSubdomains: true });
  const { headers } = await strict.call('GET', '/live');
  expect(headers.get('strict-transport-security')).toContain('; includeSubDomains');
});
