/**
 * Links to the sender's page. Their token is encrypted, so that address bars, proxy logs and browser histories do not
 * show the reference, and it expires.
 */
import { z } from 'zod';
import { returnUrl } from '../../client/schemas/return-url.ts';
import { opened, sealed, type LinkKey } from './sealed.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

export { parseLinkKeys, type LinkKey } from './sealed.ts';

const DAY_MS = 86_400_000;
/** A token with a reference of 128 characters and two addresses of 500 has about 1,950. */
const LONGEST = 2_000;
/** Distinguishes links from other tokens that are encrypted with the same keys. */
const TYP = 'sender-link';

const wayBack = { returnUrl: returnUrl.optional(), refreshUrl: returnUrl.optional() };

const claimsSchema = z.object({
  sub: z.string(),
  startedAt: z.iso.datetime(),
  linksValidFrom: z.iso.datetime().nullable(),
  issuedAt: z.iso.datetime(),
  exp: z.number(),
  ...wayBack,
});

/** What remains of a link after its time. */
const expiredSchema = z.object(wayBack);

/** Addresses of the partner, on hosts that are configured. */
export interface WayBack {
  /** Where the page leads back to at the end. */
  readonly returnUrl?: string | undefined;
  /** Where a person whose link has expired gets another. */
  readonly refreshUrl?: string | undefined;
}

export interface LinkClaims extends WayBack {
  readonly reference: Reference;
  /** The start of the first run: a restarted onboarding has another. */
  readonly startedAt: string;
  /** The last revocation before the link was made, or null. A later revocation makes the link void. */
  readonly linksValidFrom: string | null;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

export interface ExpiredLink extends WayBack {
  readonly expired: true;
}

/** What a link is about: members of the view. */
export type LinkSubject = Pick<LinkClaims, 'reference' | 'startedAt' | 'linksValidFrom'> & {
  readonly returnUrl?: string | null | undefined;
  readonly refreshUrl?: string | null | undefined;
};

/** How a link differs from what is configured, and from what its subject says. */
export interface LinkOptions extends WayBack {
  readonly validForDays?: number | undefined;
  /** In place of `validForDays`: the end of the link that this one replaces. */
  readonly expiresAt?: Date | undefined;
}

export interface MadeLink {
  readonly url: string;
  readonly expiresAt: string;
}

export interface Links {
  /** Addresses on hosts that are not configured are left out. */
  make(subject: LinkSubject, options?: LinkOptions): Promise<MadeLink>;
  /** `invalid`: not authentic. Never throws. */
  open(token: string): Promise<LinkClaims | ExpiredLink | 'invalid'>;
  /** Whether links may lead to this address. */
  mayLeadTo(url: string): boolean;
}

export interface LinkSettings {
  /** The first encrypts new links; all of them decrypt. */
  readonly keys: readonly [LinkKey, ...LinkKey[]];
  /** The address that callers use. */
  readonly publicUrl: string;
  /** How many days a link is valid. */
  readonly days: number;
  /** Hosts to which links may lead, with the port if it is not the usual one. Default: none. */
  readonly returnHosts?: readonly string[] | undefined;
  readonly now?: (() => Date) | undefined;
}

export function createLinks({
  keys,
  publicUrl,
  days,
  returnHosts = [],
  now = () => new Date(),
}: LinkSettings): Links {
  const mayLeadTo = (url: string): boolean => returnHosts.includes(URL.parse(url)?.host ?? '');

  function wayBackIn(addresses: Pick<LinkSubject, keyof WayBack>): WayBack {
    const { returnUrl: atTheEnd, refreshUrl } = addresses;
    return {
      ...(atTheEnd && mayLeadTo(atTheEnd) && { returnUrl: atTheEnd }),
      ...(refreshUrl && mayLeadTo(refreshUrl) && { refreshUrl }),
    };
  }

  return {
    mayLeadTo,
    async make(subject, options = {}) {
      const { reference, startedAt, linksValidFrom } = subject;
      const { validForDays = days } = options;
      const issuedAt = now();
      // In whole seconds, like the expiry of the token.
      const until =
        options.expiresAt ??
        new Date(Math.floor(issuedAt.getTime() / 1_000) * 1_000 + validForDays * DAY_MS);
      const claims = {
        sub: reference,
        startedAt,
        linksValidFrom,
        issuedAt: issuedAt.toISOString(),
        ...wayBackIn({
          returnUrl: options.returnUrl ?? subject.returnUrl,
          refreshUrl: options.refreshUrl ?? subject.refreshUrl,
        }),
      };
      const token = await sealed(claims, TYP, until, keys[0]);
      const url = `${publicUrl.replace(/\/+$/, '')}/s/${token}`;
      return { url, expiresAt: until.toISOString() };
    },
    async open(token) {
      if (token.length > LONGEST) return 'invalid';
      const payload = await opened(token, TYP, keys, now());
      if (typeof payload === 'object' && 'expired' in payload) {
        const { data = {} } = expiredSchema.safeParse(payload.expired);
        return { expired: true, ...wayBackIn(data) };
      }
      const parsed = claimsSchema.safeParse(payload);
      if (!parsed.success) return 'invalid';
      const { sub: reference, exp, returnUrl: _end, refreshUrl: _refresh, ...claims } = parsed.data;
      const expiresAt = new Date(exp * 1_000).toISOString();
      return { reference, ...claims, expiresAt, ...wayBackIn(parsed.data) };
    },
  };
}
