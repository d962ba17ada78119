/** Postcodes, above all those of France. */
import { asCode } from '../invisible.ts';
import { hasFrenchPostcodes } from './countries.ts';

/** The beginning of each territory's postcodes. Those of France begin with a department, or with the army's code. */
const AREAS: Readonly<Record<string, RegExp>> = {
  FR: /^(?:[0-8]\d|9[0-578])/,
  ...{ GP: /^971/, MQ: /^972/, GF: /^973/, RE: /^974/, PM: /^975/, YT: /^976/ },
  ...{ BL: /^97[17]/, MF: /^97[18]/, WF: /^986/, PF: /^987/, NC: /^988/, TF: /^984/, MC: /^980/ },
};

/** The form that AR24 accepts, if the meaning is certain; else the text as written. */
export function postcodeIn(written: string, country: string): string {
  // With an apostrophe in front, spreadsheets store a number as text.
  const seen = written.replace(/^'\s*(?=[\p{L}\d])/u, '');
  if (!hasFrenchPostcodes(country)) return seen.replace(/^(\d{3,})[.,]0+$/, '$1');
  return frenchIn(seen, country)?.[1] ?? seen;
}

export type PostcodeFault = 'corsica' | 'zero' | 'form' | 'area';

/** The fault of a postcode that {@link postcodeIn} returned. */
export function faultInPostcode(postcode: string, country: string): PostcodeFault | undefined {
  if (!hasFrenchPostcodes(country)) return undefined;
  if (/^2[AB]\d{3}$/i.test(asCode(postcode))) return 'corsica';
  if (/^(?:F-?|FR-?)?\d{4}(?:[.,]0+)?$/i.test(asCode(postcode))) return 'zero';
  if (!/^\d{5}$/.test(postcode) || postcode === '00000') return 'form';
  return AREAS[country]?.test(postcode) === false ? 'area' : undefined;
}

/** Finds the five digits in texts such as `75 002`, `F-75002`, `75002.0` and `75741 CEDEX 15`. */
function frenchIn(written: string, country: string): RegExpExecArray | null {
  const prefix = `(?:F|FR|${country})-?`;
  return new RegExp(`^(?:${prefix})?(\\d{5})(?:[.,]0+)?(?:CEDEX\\d{0,2})?$`, 'i').exec(
    asCode(written),
  );
}
