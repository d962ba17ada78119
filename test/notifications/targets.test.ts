/** Where notifications may be sent, which answers count as success, and what an error reveals. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { ApplicationFailure } from '@temporalio/common';
import { deliver } from '../../activities/notify/deliver.ts';
import { createReceiver, type ReceiverSettings } from '../../activities/notify/receiver.ts';
import { DEFAULT_POLICY } from '../../workflows/contract/index.ts';
import { notificationOf } from '../../workflows/notify/notification-of.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { newSender } from '../../workflows/state/new-sender.ts';
import { onboardingRequest } from '../support/people.ts';
import { SECRET } from './partner.ts';

const before = {
  emailHashes: ['1.own'],
  accessRequestedBefore: false,
  identityOrderedBefore: false,
};
const start = { request: onboardingRequest(), ...before, policy: DEFAULT_POLICY };
const notification = notificationOf('onboarding.updated', viewOf(newSender(start, 0), 0), {
  sequence: 1,
  at: 0,
});

let server: Server;
let port: number;
let requests: (string | undefined)[] = [];
let answer: (response: ServerResponse) => void = (response) => response.end();

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.headers.authorization);
    answer(response);
  });
  await once(server.listen(0), 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterAll(async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
});

const settings = (changes: Partial<ReceiverSettings> = {}): ReceiverSettings => ({
  url: `http://user:hidden-word@localhost:${port}/hidden-path?key=hidden-key`,
  secrets: [SECRET],
  privateTargets: 'allowed',
  ...changes,
});
const ON = new AbortController().signal;
const sent = (changes: Partial<ReceiverSettings> = {}, stop = ON) =>
  deliver(createReceiver(settings(changes)), notification, stop);

/** What Temporal records of a failed try. */
async function failure(
  changes: Partial<ReceiverSettings> = {},
  stop = ON,
): Promise<ApplicationFailure> {
  const error: unknown = await sent(changes, stop).catch((thrown: unknown) => thrown);
  if (!(error instanceof ApplicationFailure)) throw new Error('no failure', { cause: error });
  return error;
}

test.each([
  'https://127.0.0.1:PORT',
  'https://localhost:PORT',
  'https://[::1]:PORT',
  'https://[::ffff:127.0.0.1]:PORT',
  'https://0x7f000001:PORT',
  'https://2130706433:PORT',
  'https://0177.0.0.1:PORT',
  'https://127.1:PORT',
  'https://0.0.0.0:PORT',
  'https://[::]:PORT',
  'https://169.254.169.254',
  'https://[fe80::1]',
  'https://[fd00::1]',
  'https://10.0.0.1',
  'https://172.16.0.1',
  'https://192.168.0.1',
  'https://100.64.0.1',
  'https://[64:ff9b::a00:1]',
])('%s is refused, and never called', async (url) => {
  requests = [];
  const { message, nonRetryable } = await failure({
    url: url.replace('PORT', String(port)),
    privateTargets: 'refused',
  });
  expect(message).toMatch(/resolves to an address of a private network or of this machine/);
  expect(nonRetryable).toBeFalsy();
  expect(requests).toEqual([]);
});

test('private addresses are called if they are allowed, with the credentials of the URL', async () => {
  requests = [];
  expect(await sent()).toMatchObject({ kind: 'delivered' });
  expect(requests).toEqual([`Basic ${Buffer.from('user:hidden-word').toString('base64')}`]);
});

test.each([
  [200, 'delivered'],
  [299, 'delivered'],
  [410, 'gone'],
])('HTTP %i is: %s', async (status, fate) => {
  answer = (response) => response.writeHead(status).end();
  expect(await sent()).toEqual({ kind: fate, status });
});

test.each([301, 307, 400, 404, 429, 500, 503])(
  'HTTP %i is tried again, and no other address is called',
  async (status) => {
    requests = [];
    answer = (response) =>
      response.writeHead(status, { location: `http://localhost:${port}/other` }).end('secret body');
    const { message, nonRetryable } = await failure();
    expect(message).toBe(`localhost did not accept the notification: HTTP ${status}`);
    expect(nonRetryable).toBeFalsy();
    expect(requests).toHaveLength(1);
  },
);

test('an endless answer counts by its status, and is cut off', async () => {
  const closed = Promise.withResolvers<undefined>();
  answer = (response) => {
    const more = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', more).on('close', () => {
      closed.resolve(undefined);
    });
    more();
  };
  expect(await sent()).toMatchObject({ kind: 'delivered' });
  await closed.promise;
});

test('a receiver that does not answer is abandoned at the time limit', async () => {
  answer = () => undefined;
  const { message } = await failure({ timeoutMs: 200 });
  expect(message).toBe('localhost did not answer within 0.2 s');
});

test('a worker that is stopped meanwhile leaves the notification to another, a moment later', async () => {
  const stopping = new AbortController();
  answer = () => {
    stopping.abort();
  };
  const error = await failure({}, stopping.signal);
  expect(error).toMatchObject({ type: 'WorkerShutdown', nonRetryable: false });
  expect(error.nextRetryDelay).toBe(1_000);
});

test('no server listens: tried again, and the error shows only the host of the URL', async () => {
  const { message, stack } = await failure({
    url: 'http://user:hidden-word@localhost:1/hidden-path?key=hidden-key',
  });
  expect(message).toBe('localhost cannot be reached (ECONNREFUSED)');
  expect(stack).not.toMatch(/hidden/);
});

test('a worker without a receiver fails with that reason, and leaves the notification to another', async () => {
  const error = await deliver(undefined, notification, ON).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ type: 'NotificationsNotSetUp', nonRetryable: false });
  expect(String(error)).toContain('ONBOARDING_NOTIFY_URL');
});

test.each<[string, Partial<ReceiverSettings>]>([
  ['no TLS', { privateTargets: 'refused' }],
  ['another protocol', { url: 'ftp://hidden.example.org' }],
  ['no address', { url: 'hidden' }],
  ['no secret', { secrets: [] }],
  ['an invalid secret', { secrets: ['hidden!'] }],
])('a receiver with %s is refused at the start, without its values', (_what, changes) => {
  let thrown: unknown;
  try {
    createReceiver(settings(changes));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(TypeError);
  expect(String(thrown)).not.toMatch(/hidden/);
});
