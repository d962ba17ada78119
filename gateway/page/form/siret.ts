const FORM = /^\d{14}$/;
/** La Poste's offices share a SIREN, and have a rule of their own (INSEE). */
const LA_POSTE = '356000000';

/** Whether a SIRET has its 14 digits and the check digit is right (Luhn). Written without blanks. */
export function looksLikeSiret(text: string): boolean {
  if (!FORM.test(text)) return false;
  const digits = Array.from(text, Number);
  const isLuhn = sum(digits.map(weighed)) % 10 === 0;
  return isLuhn || (text.startsWith(LA_POSTE) && sum(digits) % 5 === 0);
}

/** Of 14 digits, each second one from the first is doubled, and the digits of the double are added. */
function weighed(digit: number, place: number): number {
  const weight = place % 2 === 0 ? digit * 2 : digit;
  return weight > 9 ? weight - 9 : weight;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
