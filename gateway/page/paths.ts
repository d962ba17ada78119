/** Where things are behind one link. Nothing that is sent from outside but the link itself is in it. */
import type { Language } from '../../client/index.ts';
import type { Told } from './told.ts';

export const ACTIONS = ['done', 'again', 'registration'] as const;
export type Action = (typeof ACTIONS)[number];

export interface Paths {
  readonly state: string;
  page(told?: Told): string;
  action(action: Action): string;
  in(language: Language): string;
}

/** @param publicUrl may have a path of its own, which a proxy takes off */
export function pathsOf(publicUrl: string, token: string, chosen: Language | undefined): Paths {
  const page = `${basePath(publicUrl)}/s/${encodeURIComponent(token)}`;
  const lang = chosen && { lang: chosen };
  return {
    state: withQuery(`${page}/state`, { ...lang }),
    page: (told) => withQuery(page, { ...lang, ...(told && { told }) }),
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
