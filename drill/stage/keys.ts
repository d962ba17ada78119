/** Keys and tokens of a stage. They are the same in every run, so that runs are alike. */
import { createHash } from 'node:crypto';
import { writtenApiKey } from '../../gateway/index.ts';
import { DEMO_PRIVATE_KEY, DEMO_TOKEN } from '../../simulator/index.ts';

const bytesOf = (what: string): Buffer => createHash('sha256').update(`drill ${what}`).digest();

export const API_KEY = `onb_${bytesOf('api').toString('base64url')}`;
export const WEBHOOK_SECRET = bytesOf('webhook').toString('base64url');
export const NOTIFY_SECRET = `whsec_${bytesOf('notify').toString('base64')}`;

/** The keys of all processes that read or write data in Temporal. */
export const SHARED_KEYS = {
  ONBOARDING_HASH_KEY: `1:${bytesOf('hash').toString('base64')}`,
  ONBOARDING_ENCRYPTION_KEYS: `drill:${bytesOf('encryption').toString('base64')}`,
} as const;

/** An encryption key that nothing here was encrypted with. */
export const OTHER_ENCRYPTION_KEY = `other:${bytesOf('other').toString('base64')}`;

export const GATEWAY_KEYS = {
  ONBOARDING_API_KEYS: writtenApiKey('drill', ['start', 'read', 'operate', 'override'], API_KEY),
  ONBOARDING_LINK_KEYS: `drill:${bytesOf('link').toString('base64')}`,
  ONBOARDING_AR24_WEBHOOK_SECRETS: WEBHOOK_SECRET,
} as const;

export const AR24_KEYS = { AR24_TOKEN: DEMO_TOKEN, AR24_PRIVATE_KEY: DEMO_PRIVATE_KEY } as const;
