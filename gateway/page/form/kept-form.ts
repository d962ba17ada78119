/**
 * Keeps the entries of a form until AR24 has answered: in a cookie of the person's own browser, encrypted with a key of
 * the gateway and bound to their link. The gateway itself stores nothing.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { opened, sealed, type LinkKey } from '../../links/sealed.ts';
import { basePath } from '../paths.ts';
import type { TypedValues } from './fields.ts';
import { typedIn } from './read-form.ts';

const NAME = 'typed';
/** AR24 may need that long. After a later answer the form is empty. */
const KEPT_S = 3_600;
/** Of name and value: browsers may drop longer cookies. */
const MOST_CHARACTERS = 4_000;
/** Distinguishes kept forms from links. */
const TYP = 'typed-form';

const claimsSchema = z.object({ link: z.string(), typed: z.record(z.string(), z.unknown()) });

export interface KeptForms {
  /** A `Set-Cookie` that stores the entries. If they are too long, it deletes older ones. */
  keep(token: string, typed: TypedValues): Promise<string>;
  /** Empty if the browser has no valid entries for this link. Never throws. */
  read(token: string, cookies: string | undefined): Promise<TypedValues>;
  /** A `Set-Cookie` that deletes the entries, if the browser has any. */
  forget(token: string, cookies: string | undefined): string | undefined;
}

interface Settings {
  readonly linkKeys: readonly [LinkKey, ...LinkKey[]];
  readonly publicUrl: string;
  readonly now?: (() => Date) | undefined;
}

export function createKeptForms({
  linkKeys,
  publicUrl,
  now = () => new Date(),
}: Settings): KeptForms {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';

  // Lax, as people open the page from a mail. Other sites cannot post with the cookie.
  const cookie = (token: string, value: string, seconds: number): string =>
    `${NAME}=${value}; Max-Age=${seconds}; Path=${basePath(publicUrl)}/s/${token}; HttpOnly; SameSite=Lax${secure}`;

  return {
    async keep(token, typed) {
      const until = new Date(now().getTime() + KEPT_S * 1_000);
      const value = await sealed({ link: hashOf(token), typed }, TYP, until, linkKeys[0]);
      const isTooLong = NAME.length + 1 + value.length > MOST_CHARACTERS;
      return isTooLong ? cookie(token, '', 0) : cookie(token, value, KEPT_S);
    },
    async read(token, cookies) {
      const value = valueIn(cookies);
      if (value === undefined || value.length > MOST_CHARACTERS) return {};
      const payload = await opened(value, TYP, linkKeys, now());
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success || claims.data.link !== hashOf(token)) return {};
      return typedIn(new Map(Object.entries(claims.data.typed)));
    },
    forget: (token, cookies) => (valueIn(cookies) === undefined ? undefined : cookie(token, '', 0)),
  };
}

/** @param cookies the `Cookie` header */
function valueIn(cookies = ''): string | undefined {
  const written = cookies.split(';').map((one) => one.trim());
  return written.find((one) => one.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
