/** Invisible characters: zero width, bidi marks, soft hyphens, byte order marks, fillers. */

/** Includes Unicode's default ignorables. Written so that the pattern is valid in JSON schemas. */
export const INVISIBLE_RANGES =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e' +
  '\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb';
const ONE = `[${INVISIBLE_RANGES}\\u{e0000}-\\u{e0fff}]`;
const EACH = new RegExp(ONE, 'gu');
const SOME = new RegExp(ONE, 'u');
const VISIBLE = new RegExp(`[^\\s${ONE.slice(1)}`, 'u');

/** Joiners shape Persian and Indic words, and selectors choose among Japanese characters. */
const SHAPING = /[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const SHAPED =
  /^(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}])[\p{L}\p{M}]$/u;

/** Normalization takes quadratic time for a hostile text, so a longer text is refused before. */
const LONGEST_NORMALIZED = 2_000;

/** A text without invisible characters, except those that shape letters. */
export function asSeen(text: string): string {
  if (!SOME.test(text)) return text.trim();
  const seen = text.replace(EACH, (one, at: number) => {
    const before = characterBefore(text, at);
    const means = (SHAPING.test(one) && SHAPED.test(before)) || isHalfOfLetter(one, before);
    return means ? one : '';
  });
  return withoutEdges(seen);
}

/** Half of a doubly encoded `í`. It is kept, so that the check for double encoding finds it. */
function isHalfOfLetter(one: string, before: string): boolean {
  return one === '\u00ad' && before === '\u00c3';
}

/**
 * Removes invisible characters and blanks at both ends only. Scans from both ends, as a pattern for the end would be
 * tried at every blank within the text, in quadratic time.
 */
export function withoutEdges(text: string): string {
  const start = Math.max(0, text.search(VISIBLE));
  for (let end = text.length; end > start;) {
    const last = characterBefore(text, end);
    if (VISIBLE.test(last)) return text.slice(start, end);
    end -= last.length;
  }
  return '';
}

/** Empty at the start of the text. */
function characterBefore(text: string, at: number): string {
  return Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
}

/** Whether the text is far longer than any that is valid. Blanks around it do not count. */
export function isFarTooLong(text: string): boolean {
  return withoutEdges(text).length > LONGEST_NORMALIZED;
}

/** Normalizes a number or a code: plain digits and letters, without blanks. */
export function asCode(text: string): string {
  return text.normalize('NFKC').replace(EACH, '').replace(/\s/gu, '');
}

export function holdsInvisible(text: string): boolean {
  return SOME.test(text);
}
