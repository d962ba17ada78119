/** Bodies that are not UTF-8 are refused with that reason, before a character is lost. */
import { beforeAll, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { registrationForm } from '../support/people.ts';
import { ALL, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal);
});

const REQUEST = JSON.stringify({ email: anAddress(), registration: registrationForm() });

async function put(reference: string, body: Buffer, type = 'application/json') {
  const answer = await fetch(`${gateway.url}/onboardings/${reference}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${ALL.key}`, 'content-type': type },
    body: new Uint8Array(body),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

test.each([
  ['Latin-1', iconv.encode(REQUEST, 'latin1'), undefined, /is not valid UTF-8/],
  [
    'Latin-1 with its charset',
    iconv.encode(REQUEST, 'latin1'),
    'application/json; charset=ISO-8859-1',
    /is not valid UTF-8/,
  ],
  ['CP850', iconv.encode(REQUEST, 'cp850'), undefined, /is not valid UTF-8/],
  ['UTF-16', Buffer.from(`\uFEFF${REQUEST}`, 'utf16le'), undefined, /is UTF-16/],
  ['UTF-16 without a byte-order mark', Buffer.from(REQUEST, 'utf16le'), undefined, /is UTF-16/],
  ['UTF-8 cut within a letter', Buffer.from('{"email":"é').subarray(0, -1), undefined, /UTF-8/],
])('a start in %s is a 400 with that reason, and starts nothing', async (_, body, type, detail) => {
  const reference = aReference();
  expect(await put(reference, body, type)).toMatchObject({
    status: 400,
    json: { code: 'malformed-body', detail: expect.stringMatching(detail) },
  });
  const started = here.temporal.workflow.getHandle(workflowIdOf(reference)).describe();
  await expect(started).rejects.toThrow();
});

test('UTF-8 is accepted with a byte-order mark, and under a wrong charset', async () => {
  expect((await put(aReference(), Buffer.from(`\uFEFF${REQUEST}`))).status).toBe(202);
  const type = 'application/json; charset=ISO-8859-1';
  expect((await put(aReference(), Buffer.from(REQUEST), type)).status).toBe(202);
});

test.each([
  ['as bytes', iconv.encode('firstname=Hélène', 'latin1')],
  ['percent-encoded', Buffer.from('firstname=H%E9l%E8ne')],
])('a form of the page in Latin-1, %s, is a 400', async (_, body) => {
  const answer = await fetch(`${gateway.url}/s/none/registration`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new Uint8Array(body),
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toContain('text/html');
});
