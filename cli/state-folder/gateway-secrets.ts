/** What the gateway of the one-machine mode needs, made once, as it would stand in the environment. */
import { randomBytes } from 'node:crypto';
import { createApiKey, SCOPES, writtenApiKey } from '../../gateway/keys/api-key.ts';
import { ensureSecret, readSecret } from './kept-secret.ts';
import { inStateFolder } from './path.ts';

const API_KEY = 'api-key';
const LINK_KEY = 'link-key';
const WEBHOOK_SECRET = 'ar24-webhook-secret';
const KEY_BYTES = 32;
const OWNER = 'local';

export interface GatewaySecrets {
  /** The key itself: it is for whoever sits at this machine. */
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** For what is not set in it. */
  readonly environment: Readonly<Record<string, string>>;
}

export async function ensureGatewaySecrets(): Promise<GatewaySecrets> {
  const apiKey = await ensureSecret(API_KEY, () => createApiKey(OWNER, SCOPES).key);
  const linkKey = await ensureSecret(
    LINK_KEY,
    () => `local:${randomBytes(KEY_BYTES).toString('base64')}`,
  );
  const webhookSecret = await ensureSecret(WEBHOOK_SECRET, () =>
    randomBytes(KEY_BYTES).toString('base64url'),
  );
  return {
    apiKey,
    webhookSecret,
    environment: {
      ONBOARDING_API_KEYS: writtenApiKey(OWNER, SCOPES, apiKey),
      ONBOARDING_LINK_KEYS: linkKey,
      ONBOARDING_AR24_WEBHOOK_SECRETS: webhookSecret,
    },
  };
}

/** Undefined when `onboard up` has never run here. */
export function readLinkKey(): Promise<string | undefined> {
  return readSecret(LINK_KEY);
}

export function apiKeyFile(): string {
  return inStateFolder(API_KEY);
}
