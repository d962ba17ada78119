/** Replaces characters that are unsafe for terminals, log readers and editors. */

/** Control characters (including ESC and C1), formats (such as bidi marks), line separators, lone surrogates. */
const UNSAFE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const REPLACEMENT = '\uFFFD';

/** Text with line breaks at most: nothing in it moves the cursor, sets colours, or reorders the text. */
export function printable(text: string): string {
  return text.replace(UNSAFE, REPLACEMENT);
}

/** The same JSON value, with such characters escaped. */
export function printableJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(
      '',
    ),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
