/** Invisible characters: zero width, bidi marks, soft hyphens, byte order marks, fillers. */

/** Includes Unicode's default ignorables. Written so that the pattern is valid in JSON schemas. */
export const INVISIBLE_RANGES =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e' +
  '\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb';
const ONE = `[${INVISIBLE_RANGES}\\u{e0000}-\\u{e0fff}]`;
const EACH = new RegExp(ONE, 'gu');
const SOME = new RegExp(ONE, 'u');
const EDGES = new RegExp(`^(?:\\s|${ONE})+|(?:\\s|${ONE})+$`, 'gu');

/** Joiners shape Persian and Indic words, and selectors choose among Japanese characters. */
const SHAPING = /[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const SHAPED =
  /(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}])[\p{L}\p{M}]$/u;

/** A text without invisible characters, except those that shape letters. */
export function asSeen(text: string): string {
  if (!SOME.test(text)) return text.trim();
  const seen = text.replace(EACH, (one, at: number) => {
    const before = text.slice(0, at);
    const means = (SHAPING.test(one) && SHAPED.test(before)) || isHalfOfLetter(one, before);
    return means ? one : '';
  });
  return seen.replace(EDGES, '');
}

/** Half of a doubly encoded `í`. It is kept, so that the check for double encoding finds it. */
function isHalfOfLetter(one: string, before: string): boolean {
  return one === '\u00ad' && before.endsWith('\u00c3');
}

/** Removes invisible characters and blanks at both ends only. */
export function withoutEdges(text: string): string {
  return text.replace(EDGES, '');
}

/** Normalizes a number or a code: plain digits and letters, without blanks. */
export function asCode(text: string): string {
  return text.normalize('NFKC').replace(EACH, '').replace(/\s/gu, '');
}

export function holdsInvisible(text: string): boolean {
  return SOME.test(text);
}
