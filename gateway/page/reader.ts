/** The reader of a page: their language, and the result of their last action. */
import { LANGUAGES, type Language } from '../../client/index.ts';
import { resultIn, type ActionResult } from './paths.ts';
import type { PageWords } from './words/page-words.ts';
import { WORDS } from './words/index.ts';

export interface PageReader {
  readonly language: Language;
  readonly words: PageWords;
  /** The language that the reader chose, which all links keep. */
  readonly chosen: Language | undefined;
  /** The result of the button that they have just used. */
  readonly result: ActionResult | undefined;
}

interface Request {
  readonly query: unknown;
  readonly headers: { readonly 'accept-language'?: string | undefined };
}

/** The language is that of `?lang=`, or the sender's own or, if the sender is unknown, the browser's. */
export function readerOf({ query, headers }: Request, sendersOwn?: Language): PageReader {
  const fields = typeof query === 'object' && query !== null ? { ...query } : {};
  const chosen = languageIn('lang' in fields ? fields.lang : undefined);
  const language = chosen ?? sendersOwn ?? browsers(headers['accept-language'] ?? '') ?? 'fr';
  const result = resultIn('result' in fields ? fields.result : undefined);
  return { language, words: WORDS[language], chosen, result };
}

/** The first language of the browser that the page supports: browsers list the preferred one first. */
function browsers(accept: string): Language | undefined {
  const accepted = accept.split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return accepted.map(languageIn).find((one) => one !== undefined);
}

function languageIn(value: unknown): Language | undefined {
  return LANGUAGES.find((one) => one === value);
}
