/** The URLs of one link's page. The token is the only part of a request that they contain. */
import type { Language } from '../../client/index.ts';

export const ACTIONS = ['done', 'again', 'refuse', 'registration', 'address'] as const;
export type PageAction = (typeof ACTIONS)[number];

/** The results of the buttons. The URL of the page has one after the redirect: a code, never a text. */
export const ACTION_RESULTS = [
  /** AR24 was read, and shows something new. */
  'checked',
  /** AR24 was read, and shows the same as before. */
  'not-yet',
  /** AR24 was asked to repeat this mail, or all that wait. */
  'mailed-access',
  'mailed-terms',
  'mailed-payment',
  'mailed-several',
  /** The last mail is too recent for another. */
  'too-early',
  'not-now',
  /** AR24 has no route that repeats this mail. */
  'no-route',
  /** The address may get no more mails today. */
  'enough-mails',
  /** The holder refused the partner. */
  'refused',
  'registered',
  /** The form or the refusal was sent, but is not needed, or no longer. */
  'not-wanted',
  'address-corrected',
  /** The address that was entered is the present one. */
  'address-same',
  /** There is an account by now, or it is being created. */
  'address-settled',
  /** Somebody vouched for the address. */
  'address-verified',
  /** The person has corrected the address too often today. */
  'enough-corrections',
] as const;
export type ActionResult = (typeof ACTION_RESULTS)[number];

/** Nothing was achieved, so the page does not show success. */
const IN_VAIN: readonly ActionResult[] = [
  'not-yet',
  'too-early',
  'not-now',
  'no-route',
  'enough-mails',
  'not-wanted',
  'address-same',
  'address-settled',
  'address-verified',
  'enough-corrections',
];

export function isInVain(result: ActionResult): boolean {
  return IN_VAIN.includes(result);
}

export function resultIn(code: unknown): ActionResult | undefined {
  return ACTION_RESULTS.find((one) => one === code);
}

export interface Paths {
  readonly state: string;
  /** Keeps what is typed, without sending it. */
  readonly draft: string;
  page(result?: ActionResult): string;
  action(action: PageAction, language?: Language): string;
  /** The page in another language; the result of the last action is kept. */
  in(language: Language, result?: ActionResult): string;
}

/** @param publicUrl may have a path, which a proxy removes */
export function pathsOf(publicUrl: string, token: string, chosen: Language | undefined): Paths {
  const page = `${basePath(publicUrl)}/s/${encodeURIComponent(token)}`;
  const lang = chosen && { lang: chosen };
  return {
    state: withQuery(`${page}/state`, { ...lang }),
    draft: `${page}/draft`,
    page: (result) => withQuery(page, { ...lang, ...(result && { result }) }),
    action: (action, language) =>
      withQuery(`${page}/${action}`, { ...lang, ...(language && { lang: language }) }),
    in: (language, result) => withQuery(page, { lang: language, ...(result && { result }) }),
  };
}

export function basePath(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

function withQuery(path: string, fields: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(fields).toString();
  return query === '' ? path : `${path}?${query}`;
}
