import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createApiKey, parseApiKeys } from '../../gateway/api-keys.ts';
import { createStreamTokens } from '../../gateway/links/stream-tokens.ts';
import { createLinks } from '../../gateway/links/links.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

const MINUTE_MS = 60_000;
const MINE = 'customer-42' as Reference;
const keys = [{ kid: 'test', key: randomBytes(32) }] as const;
const apiKeys = parseApiKeys(createApiKey('crm', ['read']).written);
const begin = new Date('2026-03-02T09:00:00.000Z');
const at = (minutes: number) => () => new Date(begin.getTime() + minutes * MINUTE_MS);

test('a token opens for its onboarding, for 15 minutes', async () => {
  const { token, expiresAt } = await createStreamTokens({ keys, apiKeys, now: at(0) }).make(
    MINE,
    'crm',
  );
  expect(expiresAt).toEqual(at(15)());
  const open = (minutes: number, reference = 'customer-42') =>
    createStreamTokens({ keys, apiKeys, now: at(minutes) }).open(token, reference);
  expect(await open(5)).toEqual({ key: 'crm', validForMs: 10 * MINUTE_MS });
  expect(await open(5, 'customer-43')).toBeUndefined();
  expect(await open(16)).toBeUndefined();
});

test('a token ends with the key that made it, and a link is none', async () => {
  const { token } = await createStreamTokens({ keys, apiKeys, now: at(0) }).make(MINE, 'crm');
  const without = createStreamTokens({ keys, apiKeys: [], now: at(1) });
  expect(await without.open(token, MINE)).toBeUndefined();
  const links = createLinks({ keys, publicUrl: 'https://example.org', days: 1, now: at(0) });
  const claims = { reference: MINE, startedAt: begin.toISOString(), linksValidFrom: null };
  const { url } = await links.make(claims);
  const tokens = createStreamTokens({ keys, apiKeys, now: at(1) });
  expect(await tokens.open(url.split('/').at(-1) ?? '', MINE)).toBeUndefined();
});
