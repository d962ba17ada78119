/** Links to the sender's page: closed, so that they tell nothing, and good for a while only. */
import type { LinkKey } from './link-keys.ts';
import { closeToken, openToken, type LinkClaims } from './token.ts';

export { parseLinkKeys, type LinkKey } from './link-keys.ts';
export type { LinkClaims } from './token.ts';

const DAY_MS = 86_400_000;

export interface Links {
  /** @param validForDays default: as set */
  make(
    claims: Pick<LinkClaims, 'reference' | 'startedAt'>,
    validForDays?: number,
  ): Promise<{ readonly url: string; readonly expiresAt: string }>;
  /** `expired` tells an authentic one past its time; `invalid` everything else, without a reason. Never throws. */
  open(token: string): Promise<LinkClaims | 'expired' | 'invalid'>;
}

export interface LinkSettings {
  /** New links are closed with the first; all of them open. */
  readonly keys: readonly [LinkKey, ...LinkKey[]];
  /** Where the gateway is found from outside. */
  readonly publicUrl: string;
  /** How long a link is good for. */
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
    async make({ reference, startedAt }, validForDays = days) {
      const issuedAt = now();
      // In whole seconds, as tokens count.
      const until = Math.floor(issuedAt.getTime() / 1_000) * 1_000 + validForDays * DAY_MS;
      const claims = {
        reference,
        startedAt,
        issuedAt: issuedAt.toISOString(),
        expiresAt: new Date(until).toISOString(),
      };
      const token = await closeToken(claims, keys[0]);
      return { url: `${publicUrl.replace(/\/+$/, '')}/s/${token}`, expiresAt: claims.expiresAt };
    },
    open: (token) => openToken(token, keys, now()),
  };
}
