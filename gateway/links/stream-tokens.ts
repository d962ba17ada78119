/**
 * Tokens with which a browser may follow one onboarding for some minutes. `EventSource` cannot send an API key, and a
 * browser must not have one.
 */
import { z } from 'zod';
import type { Reference } from '../../workflows/contract/ids.ts';
import type { ApiKey } from '../api-keys.ts';
import { opened, sealed, type LinkKey } from './sealed.ts';

const MINUTES = 15;
/** A token with a reference of 128 characters has about 500. */
const LONGEST = 1_000;
const TYP = 'stream-token';

const claimsSchema = z.object({ sub: z.string(), key: z.string(), exp: z.number() });

export interface StreamClaims {
  /** The name of the API key that made the token. */
  readonly key: string;
  readonly validForMs: number;
}

export interface StreamTokens {
  make(
    reference: Reference,
    key: string,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Undefined if the token has expired, is of another onboarding, or its API key may no longer read. Never throws. */
  open(token: string, reference: string): Promise<StreamClaims | undefined>;
}

export interface StreamTokenSettings {
  /** The first encrypts new tokens; all of them decrypt. */
  readonly keys: readonly [LinkKey, ...LinkKey[]];
  readonly apiKeys: readonly ApiKey[];
  readonly now?: (() => Date) | undefined;
}

export function createStreamTokens({
  keys,
  apiKeys,
  now = () => new Date(),
}: StreamTokenSettings): StreamTokens {
  return {
    async make(reference, key) {
      // In whole seconds, like the expiry of the token.
      const expiresAt = new Date((Math.floor(now().getTime() / 1_000) + MINUTES * 60) * 1_000);
      return { token: await sealed({ sub: reference, key }, TYP, expiresAt, keys[0]), expiresAt };
    },
    async open(token, reference) {
      if (token.length > LONGEST) return undefined;
      const at = now();
      const parsed = claimsSchema.safeParse(await opened(token, TYP, keys, at));
      if (!parsed.success || parsed.data.sub !== reference) return undefined;
      const { key, exp } = parsed.data;
      const mayRead = apiKeys.some(({ name, scopes }) => name === key && scopes.includes('read'));
      return mayRead ? { key, validForMs: Math.max(0, exp * 1_000 - at.getTime()) } : undefined;
    },
  };
}
