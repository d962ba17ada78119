const FORM = /^\d{14}$/;
/** La Poste's offices share a SIREN, and have a rule of their own. */
const LA_POSTE = '356000000';

/** Whether the check digit of a SIRET is right (Luhn). Spaces are not taken. */
export function isSiret(text: string): boolean {
  if (!FORM.test(text)) return false;
  const digits = Array.from(text, Number);
  if (luhnSum(digits) % 10 === 0) return true;
  return text.startsWith(LA_POSTE) && sum(digits) % 5 === 0;
}

function luhnSum(digits: readonly number[]): number {
  return sum(
    digits.toReversed().map((digit, place) => {
      const weighed = place % 2 === 0 ? digit : digit * 2;
      return weighed > 9 ? weighed - 9 : weighed;
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
