/** Events as their senders publish and sign them, and the example configuration that reads them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Webhook } from 'standardwebhooks';
import { parseEventSources, type EventSource } from '../../../gateway/events/sources.ts';

export const aSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

/** The sources of the example configuration. */
export const SECRETS = {
  CLERK_WEBHOOK_SECRETS: aSecret(),
  SUPABASE_HOOK_SECRETS: `v1,${aSecret()}`,
  SUPABASE_USERS_SECRETS: randomBytes(24).toString('hex'),
  CRM_EVENT_SECRETS: `${aSecret()}, ${aSecret()}`,
};

/** As the gateway reads them from its environment. */
export function secretsIn(variable: string): string | undefined {
  return new Map(Object.entries(SECRETS)).get(variable);
}

export async function exampleSources(): Promise<readonly EventSource[]> {
  return parseEventSources(await exampleFile(), secretsIn);
}

export function exampleFile(): Promise<string> {
  return readFile(new URL('../../../deploy/event-sources.example.json', import.meta.url), 'utf8');
}

export type FixtureName =
  | 'clerk-user-created'
  | 'clerk-user-deleted'
  | 'clerk-user-updated'
  | 'customer-registered'
  | 'supabase-before-user-created'
  | 'supabase-users-updated';

/** As published, with the given texts replaced: old to new. */
export async function fixture(
  name: FixtureName,
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const url = new URL(`fixtures/${name}.json`, import.meta.url);
  const published = await readFile(url, 'utf8');
  return Object.entries(changes).reduce((text, [from, to]) => text.replaceAll(from, to), published);
}

/** Clerk's event about one user. */
export async function clerkEvents(reference: string, email: string) {
  const changes = {
    user_29w83sxmDNGwOuEthce5gg56FcC: reference,
    user_29wBMCtzATuFJut8jO2VNTVekS4: reference,
    'example@example.org': email,
  };
  return {
    created: await fixture('clerk-user-created', changes),
    updated: await fixture('clerk-user-updated', changes),
    deleted: await fixture('clerk-user-deleted', changes),
  };
}

export interface Signing {
  /** `svix` headers, as Clerk's. */
  readonly prefix?: 'svix' | 'webhook';
  readonly at?: Date;
  readonly id?: string;
}

export function signedHeaders(
  body: string,
  secret: string,
  { prefix = 'webhook', at = new Date(), id = `msg_${randomUUID()}` }: Signing = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(Math.floor(at.getTime() / 1_000)),
    [`${prefix}-signature`]: new Webhook(secret).sign(id, at, body),
  };
}
