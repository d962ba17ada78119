import { encryptAnswer } from '../../ar24/crypto.ts';
import { messageOf } from './messages.ts';
import type { ApiLanguage } from './language.ts';

/** The result of a call. AR24 answers both kinds with HTTP 200 (docs/ar24-api.md 1.6). */
export type ApiAnswer =
  | { readonly kind: 'success'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly slug: string };

export function success(result: unknown): ApiAnswer {
  return { kind: 'success', result };
}

export function refused(slug: string): ApiAnswer {
  return { kind: 'refused', slug };
}

/** A body as it is sent. */
export interface Body {
  readonly contentType: string;
  readonly text: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** AR24's own type of an encrypted body is not public. */
const CIPHERTEXT_TYPE = 'text/plain; charset=utf-8';

export const MAINTENANCE: Body = { contentType: JSON_TYPE, text: '{"status":"maintenance"}' };

/** Successes are encrypted with the partner's key and the call's `date`, as it was sent. */
export interface AnswerEncryption {
  readonly date: string;
  readonly privateKey: string;
}

/** Errors are sent in clear, successes as one ciphertext (docs/ar24-api.md 1.5). */
export function bodyOf(
  answer: ApiAnswer,
  language: ApiLanguage,
  encryption: AnswerEncryption | undefined,
): Body {
  if (answer.kind === 'refused') {
    const { slug } = answer;
    const text = JSON.stringify({ status: 'ERROR', slug, message: messageOf(slug, language) });
    return { contentType: JSON_TYPE, text };
  }
  // The order of members matters: some old clients cut the text at `result`.
  const text = JSON.stringify({ status: 'SUCCESS', result: answer.result });
  if (encryption === undefined) return { contentType: JSON_TYPE, text };
  const { date, privateKey } = encryption;
  return { contentType: CIPHERTEXT_TYPE, text: encryptAnswer(text, date, privateKey) };
}
