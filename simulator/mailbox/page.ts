import type { FastifyRequest } from 'fastify';
import { preferredLanguage } from '../api/language.ts';
import type { PageLanguage } from './texts.ts';
import { WORDS, type Words } from './words.ts';

/** The language and the filter of a page. */
export interface MailboxReader {
  readonly lang: PageLanguage;
  readonly words: Words;
  /** The address whose mails are shown; empty: all. */
  readonly to: string;
  /** The page of a long list; page 1 has the newest entries. */
  readonly page: number;
}

/** The language is that of `?lang=`, else of the browser, else English. */
export function readerOf(request: FastifyRequest): MailboxReader {
  const query = new URLSearchParams(request.url.split('?')[1]);
  const chosen = query.get('lang');
  const lang =
    chosen === 'fr' || chosen === 'en'
      ? chosen
      : (preferredLanguage(request.headers['accept-language'], ['fr', 'en']) ?? 'en');
  const page = /^[1-9]\d{0,6}$/.exec(query.get('page') ?? '')?.[0] ?? 1;
  return { lang, words: WORDS[lang], to: query.get('to') ?? '', page: Number(page) };
}

/** The URL of a page with the same language and filter. */
export function keeping({ lang, to }: MailboxReader, path: string, page = 1): string {
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

/** The data of the layout. */
export function layoutData(reader: MailboxReader, { name, path, title }: Page) {
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

/** A moment in Paris time, formatted in the language. */
export function moment(iso: string, lang: PageLanguage): string {
  const text = new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(new Date(iso));
  // French writes the first day of a month as `1er`, which Intl does not.
  return lang === 'fr' ? text.replace(/^1(?=\s)/, '1er') : text;
}

/** Entries on a page. Few, because a browser reloads the page every two seconds. */
const SHOWN = 50;

/** One page of a long list, with links to the pages before and after. */
interface ListPage<T> {
  /** Oldest first, like the list. */
  readonly shown: readonly T[];
  readonly newer?: string;
  readonly older?: string;
}

/**
 * The requested page of a list; page 1 has the newest entries.
 *
 * @param all oldest first
 */
export function listPage<T>(all: readonly T[], reader: MailboxReader, path: string): ListPage<T> {
  const last = Math.max(1, Math.ceil(all.length / SHOWN));
  const at = Math.min(reader.page, last);
  const end = all.length - (at - 1) * SHOWN;
  return {
    shown: all.slice(Math.max(0, end - SHOWN), end),
    ...(at > 1 && { newer: keeping(reader, path, at - 1) }),
    ...(at < last && { older: keeping(reader, path, at + 1) }),
  };
}
