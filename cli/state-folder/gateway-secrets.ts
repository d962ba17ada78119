/** The secrets of the gateway in the one-machine mode, made once. */
import { randomBytes } from 'node:crypto';
import { createApiKey, SCOPES, writtenApiKey } from '../../gateway/api-keys.ts';
import { createNamedKey } from '../../codec/named-key.ts';
import { parseLinkKeys } from '../../gateway/links/sealed.ts';
import { CommandError } from '../failure.ts';
import { ensureSecret, readSecret } from './kept-secret.ts';
import { inStateFolder } from './path.ts';

export const API_KEY = 'api-key';
export const LINK_KEY = 'link-key';
const WEBHOOK_SECRET = 'ar24-webhook-secret';
const KEY_BYTES = 32;
const OWNER = 'local';
/** Long enough not to be guessed. A file that an editor or a full disk has damaged does not match. */
const SECRET = /^[A-Za-z0-9_-]{32,200}$/;

/** Variables for the gateway's environment; a variable that is set there overrides them. */
export type GatewaySecrets = Readonly<Record<string, string>>;

/** Makes the API key last: where it exists, all others do. @throws CommandError when one is damaged */
export async function ensureGatewaySecrets(): Promise<GatewaySecrets> {
  const linkKeys = await ensureSecret(LINK_KEY, () => createNamedKey('local'));
  const webhookSecret = await ensureSecret(WEBHOOK_SECRET, () =>
    randomBytes(KEY_BYTES).toString('base64url'),
  );
  const apiKey = await ensureSecret(API_KEY, () => createApiKey(OWNER, SCOPES).key);
  return {
    ONBOARDING_API_KEYS: writtenApiKey(OWNER, SCOPES, secretIn(API_KEY, apiKey)),
    ONBOARDING_LINK_KEYS: checkedLinkKeys(linkKeys),
    ONBOARDING_AR24_WEBHOOK_SECRETS: secretIn(WEBHOOK_SECRET, webhookSecret),
  };
}

/** Undefined when `onboard up` has never run here. @throws CommandError when it is damaged */
export async function readLinkKey(): Promise<string | undefined> {
  const written = await readSecret(LINK_KEY);
  return written === undefined ? undefined : checkedLinkKeys(written);
}

export function apiKeyFile(): string {
  return inStateFolder(API_KEY);
}

/** Without the line break that editors add at the end of a file. */
function secretIn(file: typeof API_KEY | typeof WEBHOOK_SECRET, written: string): string {
  const secret = written.trim();
  if (SECRET.test(secret)) return secret;
  const users = file === API_KEY ? 'your programs' : 'a real AR24';
  throw new CommandError(
    `${inStateFolder(file)} is damaged: it should hold one line of 32 or more letters, digits, - or _. Restore ` +
      `it from a copy, or delete it: the next \`npm start\` makes a new one, which ${users} then need.`,
  );
}

function checkedLinkKeys(written: string): string {
  const keys = written.trim();
  try {
    parseLinkKeys(keys);
    return keys;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      `${inStateFolder(LINK_KEY)} is damaged: it should hold the key of links to the sender's page ` +
        `(${error.message}). Restore it from a copy. Or go on with a new key, with which earlier links ` +
        `no longer open: npx onboard key link > '${inStateFolder(LINK_KEY)}'`,
    );
  }
}
