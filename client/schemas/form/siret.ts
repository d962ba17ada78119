/** The number of a French establishment. */
import { asCode } from '../invisible.ts';

const DIGITS = /^\d{14}$/;
/** The offices of La Poste share a SIREN, and INSEE has another check digit for them. */
const LA_POSTE = '356000000';
const DECIMALS = /^(\d{14})[.,]0+$/;
/** Characters that people write before and between the digits. */
const WRITING = /^(?:'|siret(?:n°)?:?)|[.\-/]/gi;

/** Only the digits, if the meaning is certain; else the text as written. */
export function siretIn(written: string): string {
  const code = asCode(written);
  const [, whole] = DECIMALS.exec(code) ?? [];
  if (whole !== undefined && looksLikeSiret(whole)) return whole;
  const digits = code.replace(WRITING, '');
  return /^\d+$/.test(digits) && !/[.,]\d{1,2}$/.test(code) ? digits : code;
}

/** Whether the code has 14 digits and its check digit is right (Luhn). */
function looksLikeSiret(code: string): boolean {
  if (!DIGITS.test(code)) return false;
  const digits = Array.from(code, Number);
  const isLuhn = sum(digits.map(weighed)) % 10 === 0;
  return isLuhn || (code.startsWith(LA_POSTE) && sum(digits) % 5 === 0);
}

export type SiretFault = 'power' | 'decimals' | 'siren' | 'zeros' | 'form' | 'key';

/** The fault of a SIRET that {@link siretIn} returned. */
export function faultInSiret(code: string): SiretFault | undefined {
  if (looksLikeSiret(code)) return undefined;
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(code)) return 'power';
  if (/^\d+[.,]\d+$/.test(code)) return 'decimals';
  if (/^\d{9}$/.test(code)) return 'siren';
  if (/^\d{12,13}$/.test(code)) return 'zeros';
  return DIGITS.test(code) ? 'key' : 'form';
}

/** Luhn's weights: every second digit, from the first on, is doubled, and the digits of the result are added. */
function weighed(digit: number, place: number): number {
  const weight = place % 2 === 0 ? digit * 2 : digit;
  return weight > 9 ? weight - 9 : weight;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
