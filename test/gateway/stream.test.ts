/** The stream of events: each state once, Last-Event-ID, 204 after the end, and tokens for browsers. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../devserver/chromium.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { keyFor, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;
let browser: Browser;
/** A page of the partner, of another origin than the gateway. */
let partner: Server;

let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await here.startWorker();
  gateway = await startGatewayUnderTest(here.temporal);
  browser = await chromium.launch({ executablePath: await findChromium(() => undefined) });
  partner = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>CRM</title>');
  }).listen(0, '127.0.0.1');
});

afterAll(async () => {
  await browser.close();
  partner.close();
});

async function started(): Promise<string> {
  const reference = aReference();
  await gateway.call('PUT', `/onboardings/${reference}`, { body: { email: anAddress() } });
  await eventually(
    'it waits for the form',
    () => gateway.call('GET', `/onboardings/${reference}`),
    ({ json }) => json['status'] === 'awaiting-registration',
  );
  return reference;
}

const cancel = (reference: string) =>
  gateway.call('POST', `/onboardings/${reference}/cancellation`, { body: { reason: 'a test' } });
const follow = (reference: string, last?: string) =>
  gateway.call('GET', `/onboardings/${reference}/events`, {
    headers: last === undefined ? {} : { 'last-event-id': last },
  });
const texts = (body: Response['body']) =>
  (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream());
const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^id: (.+)$/gm)].map(([, id = '']) => id);

async function streamUrl(reference: string, key = keyFor('read')): Promise<string> {
  const made = await gateway.call('POST', `/onboardings/${reference}/stream-tokens`, { key });
  expect(made).toMatchObject({ status: 201, json: { expiresAt: expect.any(String) } });
  return String(made.json['url']);
}

test('a stream says when to reconnect, sends no state twice, and then answers 204', async () => {
  const reference = await started();
  await cancel(reference);
  const whole = await follow(reference);
  expect(whole.text).toMatch(/^retry: \d+\n\n/);
  const ids = idsIn(whole.text);
  expect(ids.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(ids.length);
  expect(await follow(reference, ids.at(-1))).toMatchObject({ status: 204, text: '' });
  // A client with an older state gets the end.
  expect(idsIn((await follow(reference, 'an-older-state')).text).at(-1)).toBe(ids.at(-1));
});

test.each([
  ['text/event-stream, application/problem+json', 200],
  ['application/problem+json, text/event-stream;q=0.5', 200],
  ['application/json, */*;q=0.1', 200],
  ['text/*', 200],
  ['application/json', 406],
  ['application/problem+json', 406],
  ['*/*, text/event-stream;q=0', 406],
])('a stream for `Accept: %s` is answered with %d', async (accept, status) => {
  const reference = await started();
  await cancel(reference);
  const path = `/onboardings/${reference}/events`;
  const answer = await gateway.call('GET', path, { headers: { accept } });
  const type = status === 200 ? 'text/event-stream' : 'application/problem+json';
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    expect.stringContaining(type),
  ]);
});

test('a view that no worker completes is an event only if it shows something new', async () => {
  const reference = await started();
  const { body } = await fetch(`${gateway.url}/onboardings/${reference}/events`, {
    headers: { authorization: `Bearer ${keyFor('read')}` },
  });
  let text = '';
  const end = (async () => {
    for await (const chunk of texts(body)) text += chunk;
  })();
  await eventually(
    'the first event',
    () => Promise.resolve(text),
    () => text.includes('"partial":false'),
  );
  await stopWorker();
  try {
    await gateway.onboardings.hint([reference]);
    await eventually(
      'only Temporal answers',
      () => gateway.call('GET', `/onboardings/${reference}`),
      ({ json }) => json['partial'] === true,
    );
    // The stream reads at least every five seconds.
    await delay(6_000);
  } finally {
    stopWorker = await here.startWorker();
  }
  await cancel(reference);
  await end;
  expect(text).not.toContain('"partial":true');
  expect(text).toContain('"status":"cancelled"');
});

test('a client that reconnects gets only what it has not seen', async () => {
  const reference = await started();
  const abort = new AbortController();
  const headers = { authorization: `Bearer ${keyFor('read')}` };
  const url = `${gateway.url}/onboardings/${reference}/events`;
  const first = await fetch(url, { headers, signal: abort.signal });
  let text = '';
  for await (const chunk of texts(first.body)) {
    text += chunk;
    if (idsIn(text).length > 0 && text.endsWith('\n\n')) break;
  }
  abort.abort();
  const [seen = ''] = idsIn(text);
  const again = follow(reference, seen);
  await cancel(reference);
  const { text: later } = await again;
  expect(idsIn(later)).not.toContain(seen);
  expect(later).toContain('"status":"cancelled"');
});

test('EventSource in a browser follows an onboarding from another origin, and stops at its end', async () => {
  const reference = await started();
  const url = await streamUrl(reference);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(partner.address() as AddressInfo).port}`);
  await page.evaluate((source) => {
    const seen: string[] = [];
    const events = new EventSource(source);
    events.addEventListener('onboarding.updated', (event: object) => {
      const { data } = event as { readonly data: string };
      seen.push((JSON.parse(data) as { status: string }).status);
    });
    Object.assign(globalThis, { seen, events });
  }, url);
  await page.waitForFunction('seen.includes("awaiting-registration")');
  await cancel(reference);
  await page.waitForFunction('seen.includes("cancelled")');
  // The browser reconnects, gets 204, and closes permanently.
  await page.waitForFunction('events.readyState === 2');
  const seen = await page.evaluate<string[]>('seen');
  expect(new Set(seen).size).toBe(seen.length);
  await page.close();
});

test('a token reads this one onboarding, and is not logged', async () => {
  const [mine, other] = [await started(), await started()];
  const url = new URL(await streamUrl(mine));
  const token = url.searchParams.get('token') ?? '';
  const answerOf = (path: string) =>
    gateway.call('GET', `${path}?token=${encodeURIComponent(token)}`, { key: null });
  for (const path of [`/onboardings/${other}/events`, `/onboardings/${mine}`, '/onboardings']) {
    expect((await answerOf(path)).status).toBe(401);
  }
  const altered = `/onboardings/${mine}/events?token=${token.slice(0, -2)}AA`;
  expect((await gateway.call('GET', altered, { key: null })).status).toBe(401);
  await cancel(mine);
  const { status, headers, text } = await answerOf(`/onboardings/${mine}/events`);
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  expect(text).toContain('"status":"cancelled"');
  expect(gateway.logged()).toContain('/onboardings/:reference/events');
  expect(gateway.logged()).not.toContain(token);
});

test('a token takes a key that may read, and an onboarding', async () => {
  const path = `/onboardings/${aReference()}/stream-tokens`;
  expect((await gateway.call('POST', path, { key: keyFor('start') })).status).toBe(403);
  expect((await gateway.call('POST', path, { key: keyFor('read') })).status).toBe(404);
});
