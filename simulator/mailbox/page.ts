import type { FastifyRequest } from 'fastify';
import { preferredLanguage } from '../api/language.ts';
import type { PageLanguage } from './texts.ts';
import { WORDS, type Words } from './words.ts';

/** In which language a page speaks, and where it is. */
export interface Reader {
  readonly lang: PageLanguage;
  readonly words: Words;
  /** Whose mail is shown; empty: everyone's. */
  readonly to: string;
  /** Of a long list, from 1, which has the newest. */
  readonly page: number;
}

/** By `?lang=`, else as the browser asks, else English. */
export function readerOf(request: FastifyRequest): Reader {
  const query = new URLSearchParams(request.url.split('?')[1]);
  const chosen = query.get('lang');
  const lang =
    chosen === 'fr' || chosen === 'en'
      ? chosen
      : (preferredLanguage(request.headers['accept-language'], ['fr', 'en']) ?? 'en');
  const page = /^[1-9]\d{0,6}$/.exec(query.get('page') ?? '')?.[0] ?? 1;
  return { lang, words: WORDS[lang], to: query.get('to') ?? '', page: Number(page) };
}

/** An address that keeps the reader's language and filter, and may turn to another page. */
export function keeping({ lang, to }: Reader, path: string, page = 1): string {
  const query = new URLSearchParams({
    lang,
    ...(to !== '' && { to }),
    ...(page > 1 && { page: String(page) }),
  });
  return `${path}?${query.toString()}`;
}

type PageName = 'mailbox' | 'accounts' | 'link';

interface Page {
  readonly name: PageName;
  readonly path: string;
  readonly title: string;
}

/** What the layout needs. */
export function layoutData(reader: Reader, { name, path, title }: Page) {
  const { lang, words } = reader;
  const languages = [
    { code: 'fr', name: 'Français' },
    { code: 'en', name: 'English' },
  ] as const;
  return {
    lang,
    words,
    title,
    live: name !== 'link',
    nav: [
      { label: words.mailbox, href: keeping(reader, '/'), current: name === 'mailbox' },
      { label: words.accounts, href: keeping(reader, '/accounts'), current: name === 'accounts' },
    ],
    languages: languages.map((language) => ({
      ...language,
      href: keeping({ ...reader, lang: language.code }, path),
      current: language.code === lang,
    })),
  };
}

/** A moment on Paris' clocks, as people of that language write it. */
export function moment(iso: string, lang: PageLanguage): string {
  return new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(new Date(iso));
}
