/** Finds texts that a program has damaged: by a wrong encoding, or as a spreadsheet. */

/** The characters that the second and later bytes of a UTF-8 letter become if they are read as Windows-1252. */
const LATER = '[\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]';
/** UTF-8 that was read as Windows-1252 and encoded again. Begins with the first bytes of European letters. */
const DOUBLE_ENCODED = new RegExp(`[ÂÃÄÅÎÏÐÑ]${LATER}|\\p{Ll}Ã|â€${LATER}|ï»¿`, 'u');

/** Bytes that are letters in CP850 and Mac Roman. In Windows-1252 they are characters that no name contains. */
const NO_SIGN_OF_NAMES = /[‚„†‡ˆ‰‹›•˜™¤¨¸¿¬¦±×÷]/u;
const WITHIN_WORD = /\p{Ll}[‚„†‡ˆ‰‹˜¤¨¸¿]/u;
/** A capital in the middle of a word is rare. One of these is usually another letter in a wrong encoding. */
const RARE_CAPITAL = /\p{Ll}[ŠŽŒŸ]/u;

/** https://support.microsoft.com/office/formula-errors, in English and in French. */
const SPREADSHEET_ERROR =
  /^#(?:REF!|NAME\?|NOM\?|VALUE!|VALEUR!|N\/A|N\/D|DIV\/0!|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|PROPAGATION!|CALC!|FIELD!|CHAMP!|#+)$/iu;
const FORMULA = /^="/;

/** Placeholders of programs for a missing value. `NOTHING` has those that are also names of people, Null and Nan. */
const NEVER_A_NAME = /^(?:undefined|\[object \w+\])$/iu;
const NOTHING = /^(?:\(?null\)?|nan|none|nil|n\/a|n\.a\.)$/iu;

export type BrokenText =
  'double-encoded' | 'odd-letters' | 'rare-capital' | 'spreadsheet-error' | 'formula' | Nothing;
type Nothing = 'no-value' | 'nothing';

/** @param isName for names of people and places, which contain none of these characters */
export function brokenText(value: string, isName: boolean): BrokenText | undefined {
  if (FORMULA.test(value)) return 'formula';
  if (SPREADSHEET_ERROR.test(value)) return 'spreadsheet-error';
  if (NEVER_A_NAME.test(value)) return 'no-value';
  if (DOUBLE_ENCODED.test(value)) return 'double-encoded';
  if ((isName ? NO_SIGN_OF_NAMES : WITHIN_WORD).test(value)) return 'odd-letters';
  if (RARE_CAPITAL.test(value)) return 'rare-capital';
  return readsLikeNothing(value) ? 'nothing' : undefined;
}

export function readsLikeNothing(value: string): boolean {
  return NOTHING.test(value) || NEVER_A_NAME.test(value);
}
