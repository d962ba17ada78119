/** Who reads a page: in which language, and behind which link. */
import { LANGUAGES, type Language } from '../../client/index.ts';
import { toldIn, type Told } from './told.ts';
import type { PageWords } from './words/page-words.ts';
import { WORDS } from './words/words.ts';

export interface Reader {
  readonly language: Language;
  readonly words: PageWords;
  /** Chosen by the reader, and so kept from page to page. */
  readonly chosen: Language | undefined;
  /** What came of the button he has just used. */
  readonly told: Told | undefined;
}

interface Asking {
  readonly query: unknown;
  readonly headers: { readonly 'accept-language'?: string | undefined };
}

/**
 * By `?lang=`, else in the sender's own language; else, where nothing is known of the sender, as the
 * browser asks.
 */
export function readerOf({ query, headers }: Asking, sendersOwn?: Language): Reader {
  const asked = typeof query === 'object' && query !== null ? { ...query } : {};
  const chosen = languageIn('lang' in asked ? asked.lang : undefined);
  const language = chosen ?? sendersOwn ?? browsers(headers['accept-language'] ?? '') ?? 'fr';
  const told = toldIn('told' in asked ? asked.told : undefined);
  return { language, words: WORDS[language], chosen, told };
}

/** The first that the browser names and the page speaks: browsers write the preferred one first. */
function browsers(accept: string): Language | undefined {
  const asked = accept.split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return asked.map(languageIn).find((one) => one !== undefined);
}

function languageIn(value: unknown): Language | undefined {
  return LANGUAGES.find((one) => one === value);
}
