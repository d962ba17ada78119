/**
 * Links to the sender's page. Their token is encrypted, so that address bars, proxy logs and browser histories do not
 * show the reference, and it expires.
 */
import { z } from 'zod';
import { opened, sealed, type LinkKey } from './sealed.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

export { parseLinkKeys, type LinkKey } from './sealed.ts';

const DAY_MS = 86_400_000;
/** A token with a reference of 128 characters has about 560. */
const LONGEST = 1_000;
/** Distinguishes links from other tokens that are encrypted with the same keys. */
const TYP = 'sender-link';

const claimsSchema = z.object({
  sub: z.string(),
  startedAt: z.iso.datetime(),
  linksValidFrom: z.iso.datetime().nullable(),
  issuedAt: z.iso.datetime(),
  exp: z.number(),
});

export interface LinkClaims {
  readonly reference: Reference;
  /** The start of the first run: a restarted onboarding has another. */
  readonly startedAt: string;
  /** The last revocation before the link was made, or null. A later revocation makes the link void. */
  readonly linksValidFrom: string | null;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

export interface Links {
  /** @param validForDays default: as configured */
  make(
    claims: Pick<LinkClaims, 'reference' | 'startedAt' | 'linksValidFrom'>,
    validForDays?: number,
  ): Promise<{ readonly url: string; readonly expiresAt: string }>;
  /** `expired`: authentic, but past its time. `invalid`: anything else. Never throws. */
  open(token: string): Promise<LinkClaims | 'expired' | 'invalid'>;
}

export interface LinkSettings {
  /** The first encrypts new links; all of them decrypt. */
  readonly keys: readonly [LinkKey, ...LinkKey[]];
  /** The address that callers use. */
  readonly publicUrl: string;
  /** How many days a link is valid. */
  readonly days: number;
  readonly now?: (() => Date) | undefined;
}

export function createLinks({
  keys,
  publicUrl,
  days,
  now = () => new Date(),
}: LinkSettings): Links {
  return {
    async make({ reference, startedAt, linksValidFrom }, validForDays = days) {
      const issuedAt = now();
      // In whole seconds, like the expiry of the token.
      const until = new Date(
        Math.floor(issuedAt.getTime() / 1_000) * 1_000 + validForDays * DAY_MS,
      );
      const claims = {
        sub: reference,
        startedAt,
        linksValidFrom,
        issuedAt: issuedAt.toISOString(),
      };
      const token = await sealed(claims, TYP, until, keys[0]);
      const url = `${publicUrl.replace(/\/+$/, '')}/s/${token}`;
      return { url, expiresAt: until.toISOString() };
    },
    async open(token) {
      if (token.length > LONGEST) return 'invalid';
      const payload = await opened(token, TYP, keys, now());
      if (payload === 'expired') return payload;
      const parsed = claimsSchema.safeParse(payload);
      if (!parsed.success) return 'invalid';
      const { sub: reference, exp, ...claims } = parsed.data;
      return { reference, ...claims, expiresAt: new Date(exp * 1_000).toISOString() };
    },
  };
}
