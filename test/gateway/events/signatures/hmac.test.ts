/**
 * HMAC-SHA256 in the formats of providers, with their published examples and every reason to
 * refuse.
 */
import { expect, test } from '@jest/globals';
import { createHmac, randomBytes } from 'node:crypto';
import { BODY, outcome, SECRET, sourceOf, type Headers } from './scheme.ts';

const OTHER = randomBytes(24).toString('hex');

const hmac = (signed: string, secret = SECRET, encoding: 'base64' | 'hex' = 'hex') =>
  createHmac('sha256', secret).update(signed).digest(encoding);
const now = () => Date.now();

const github = { scheme: 'hmac-sha256', header: 'X-Hub-Signature-256', prefix: 'sha256=' };

test("GitHub's published example is authentic", async () => {
  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
  const headers = {
    'x-hub-signature-256':
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  };
  const secrets = ["It's a Secret to Everybody"];
  expect(await outcome(github, headers, 'Hello, World!', secrets)).toBe('authentic');
  expect(await outcome(github, headers, 'Hello, World', secrets)).toBe('no secret matches');
});

/** Name, settings, and headers for a body at a time. */
const kinds: readonly (readonly [string, object, (at: number, body: string) => Headers])[] = [
  [
    'WorkOS: milliseconds, in a list with blanks',
    {
      scheme: 'hmac-sha256',
      header: 'WorkOS-Signature',
      parts: { timestamp: 't', signature: 'v1' },
    },
    (at, body) => ({ 'workos-signature': `t=${at}, v1=${hmac(`${at}.${body}`)}` }),
  ],
  [
    'Stripe: seconds, and signatures of two secrets',
    {
      scheme: 'hmac-sha256',
      header: 'stripe-signature',
      parts: { timestamp: 't', signature: 'v1' },
    },
    (at, body) => {
      const t = Math.floor(at / 1_000);
      const [first, second] = [hmac(`${t}.${body}`, OTHER), hmac(`${t}.${body}`)];
      return { 'stripe-signature': `t=${t},v1=${first},v1=${second},v0=${first}` };
    },
  ],
  [
    'a time in a header of its own, in base64',
    {
      scheme: 'hmac-sha256',
      header: 'x-signature',
      encoding: 'base64',
      timestampHeader: 'X-Timestamp',
    },
    (at, body) => {
      const time = String(Math.floor(at / 1_000));
      return {
        'x-timestamp': time,
        'x-signature': hmac(`${time}.${body}`, SECRET, 'base64'),
      };
    },
  ],
  [
    'Logto: the body alone, with a time in it',
    {
      scheme: 'hmac-sha256',
      header: 'logto-signature-sha-256',
      sentAt: '$.createdAt',
      maxAgeSeconds: 300,
    },
    (_at, body) => ({ 'logto-signature-sha-256': hmac(body) }),
  ],
];

const bodyAt = (at: number) =>
  JSON.stringify({ type: 'left', id: 'customer-42', createdAt: new Date(at).toISOString() });

test.each(kinds)('%s', async (_name, settings, headersOf) => {
  const send = (at: number, secrets?: readonly string[]) =>
    outcome(settings, headersOf(at, bodyAt(at)), bodyAt(at), secrets);
  expect(await send(now())).toBe('authentic');
  expect(await send(now() - 290_000)).toBe('authentic');
  expect(await send(now(), [randomBytes(16).toString('hex'), SECRET])).toBe('authentic');
  expect(await send(now() - 301_000)).toBe('too old');
  expect(await send(now() + 303_000)).toBe('too new');
  expect(await send(now(), [randomBytes(16).toString('hex')])).toBe('no secret matches');
  const at = now();
  const altered = `${bodyAt(at).slice(0, -1)} }`;
  expect(await outcome(settings, headersOf(at, bodyAt(at)), altered)).toBe('no secret matches');
  expect(await outcome(settings, {}, bodyAt(at))).toBe('wrong signature');
  for (const [name, value] of Object.entries(headersOf(at, bodyAt(at)))) {
    for (const odd of ['', 'x', `${value},`.repeat(30), `${value.slice(1)}0`]) {
      const headers = { ...headersOf(at, bodyAt(at)), [name]: odd };
      expect(await outcome(settings, headers, bodyAt(at))).not.toBe('authentic');
    }
  }
});

test('an altered time makes the signature wrong', async () => {
  for (const [, settings, headersOf] of kinds.slice(0, 3)) {
    const at = now();
    const later = Object.fromEntries(
      Object.entries(headersOf(at, BODY)).map(([name, value]) => {
        const time = String(Math.floor(at / 1_000));
        return [name, value.replace(time, String(Number(time) + 1))];
      }),
    );
    expect(await outcome(settings, later)).toBe('no secret matches');
  }
});

test('a delivery is the same event again if its bytes are the same, whatever its headers say', async () => {
  const { verify } = sourceOf(github);
  const send = (body: string, delivery: string) =>
    verify(
      { 'x-hub-signature-256': `sha256=${hmac(body)}`, 'x-github-delivery': delivery },
      Buffer.from(body),
    );
  const [first, again, other] = await Promise.all([
    send(BODY, 'one'),
    send(BODY, 'two'),
    send(`${BODY} `, 'one'),
  ]);
  expect(again).toEqual(first);
  expect(other).not.toMatchObject({ eventId: first.authentic && first.eventId });
});
