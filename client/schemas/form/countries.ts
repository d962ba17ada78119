/** Countries, and the rules for other fields that depend on them. */
import { COUNTRIES, FRENCH } from '../../../ar24/countries.ts';

export { COUNTRIES };

/** Codes that differ in the European Union's own lists. */
const OTHER_NAMES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

export function countryCode(written: string): string {
  const code = written.toUpperCase();
  return Object.hasOwn(OTHER_NAMES, code) ? (OTHER_NAMES[code] ?? code) : code;
}

/** The French territories whose companies have other numbers. */
const NUMBERED_OTHERWISE = new Set('NC PF WF'.split(' '));

export function wantsSiret(country: string): boolean {
  return FRENCH.has(country);
}

/** Whether every organisation there has a SIRET. */
export function knowsSiretOnly(country: string): boolean {
  return FRENCH.has(country) && !NUMBERED_OTHERWISE.has(country);
}

/** Monaco has French postcodes too. */
export function hasFrenchPostcodes(country: string): boolean {
  return FRENCH.has(country) || country === 'MC';
}
