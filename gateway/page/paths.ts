/** The URLs of one link's page. The token is the only part of a request that they contain. */
import type { Language } from '../../client/index.ts';

export const ACTIONS = ['done', 'again', 'registration'] as const;
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
] as const;
export type ActionResult = (typeof ACTION_RESULTS)[number];

export function resultIn(code: unknown): ActionResult | undefined {
  return ACTION_RESULTS.find((one) => one === code);
}

export interface Paths {
  readonly state: string;
  /** Keeps what is typed, without sending it. */
  readonly draft: string;
  page(result?: ActionResult): string;
  action(action: PageAction, language?: Language): string;
  in(language: Language): string;
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
