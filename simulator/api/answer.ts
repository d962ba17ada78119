import { encryptAnswer } from '../../ar24/crypto.ts';
import { messageOf } from './messages.ts';
import type { Language } from './language.ts';

/** What a call comes to: AR24 answers both kinds with HTTP 200 (docs/ar24-api.md 1.6). */
export type Answer =
  | { readonly kind: 'success'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly slug: string };

export function success(result: unknown): Answer {
  return { kind: 'success', result };
}

export function refused(slug: string): Answer {
  return { kind: 'refused', slug };
}

/** A body as it travels. */
export interface Body {
  readonly contentType: string;
  readonly text: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** AR24's own type of an encrypted body is not public. */
const CIPHERTEXT_TYPE = 'text/plain; charset=utf-8';

export const MAINTENANCE: Body = { contentType: JSON_TYPE, text: '{"status":"maintenance"}' };

/** How successes are encrypted: with the date of the call, as it was sent. */
export interface Encryption {
  readonly date: string;
  readonly privateKey: string;
}

/** Errors travel in clear, successes as one ciphertext (docs/ar24-api.md 1.5). */
export function bodyOf(
  answer: Answer,
  language: Language,
  encryption: Encryption | undefined,
): Body {
  if (answer.kind === 'refused') {
    const { slug } = answer;
    const text = JSON.stringify({ status: 'ERROR', slug, message: messageOf(slug, language) });
    return { contentType: JSON_TYPE, text };
  }
  // Members in this order: some old clients cut the text from `result` on.
  const text = JSON.stringify({ status: 'SUCCESS', result: answer.result });
  if (encryption === undefined) return { contentType: JSON_TYPE, text };
  const { date, privateKey } = encryption;
  return { contentType: CIPHERTEXT_TYPE, text: encryptAnswer(text, date, privateKey) };
}
