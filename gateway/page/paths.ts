/** The URLs of one link's page. The token is the only part of a request that they contain. */
import type { Language } from '../../client/index.ts';

export const ACTIONS = ['done', 'again', 'registration', 'address'] as const;
export type PageAction = (typeof ACTIONS)[number];

/** The results of the buttons. The URL of the page has one after the redirect: a code, never a text. */
export const ACTION_RESULTS = [
  /** AR24 was read, and shows something new. */
  'checked',
  /** AR24 was read, and shows the same as before. */
  'not-yet',
  'mailed',
  /** The last mail is too recent for another. */
  'too-early',
  'not-now',
  /** The address may get no more mails today. */
  'enough-mails',
  'registered',
  /** The form was sent, but is not needed, or no longer. */
  'not-wanted',
  'address-corrected',
  /** The address that was entered is the present one. */
  'address-same',
  /** There is an account by now, or it is being created. */
  'address-settled',
  /** The person has corrected the address too often today. */
  'enough-corrections',
] as const;
export type ActionResult = (typeof ACTION_RESULTS)[number];

export function resultIn(code: unknown): ActionResult | undefined {
  return ACTION_RESULTS.find((one) => one === code);
}

export interface Paths {
  readonly state: string;
  page(result?: ActionResult): string;
  action(action: PageAction): string;
  in(language: Language): string;
}

/** @param publicUrl may have a path, which a proxy removes */
export function pathsOf(publicUrl: string, token: string, chosen: Language | undefined): Paths {
  const page = `${basePath(publicUrl)}/s/${encodeURIComponent(token)}`;
  const lang = chosen && { lang: chosen };
  return {
    state: withQuery(`${page}/state`, { ...lang }),
    page: (result) => withQuery(page, { ...lang, ...(result && { result }) }),
    action: (action) => withQuery(`${page}/${action}`, { ...lang }),
    in: (language) => withQuery(page, { lang: language }),
  };
}

export function basePath(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

function withQuery(path: string, fields: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(fields).toString();
  return query === '' ? path : `${path}?${query}`;
}
