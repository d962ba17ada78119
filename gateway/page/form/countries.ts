import { COUNTRIES } from '../../../client/schemas/form/countries.ts';
import { FRANCE } from './fields.ts';

export interface Country {
  readonly code: string;
  readonly name: string;
}

const known = new Map<string, readonly Country[]>();

/** France first, then by name, in the order of the language. */
export function countriesIn(locale: string): readonly Country[] {
  const cached = known.get(locale);
  if (cached !== undefined) return cached;
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const order = new Intl.Collator(locale);
  const named = Array.from(COUNTRIES, (code) => ({ code, name: names.of(code) ?? code }));
  const sorted = named.sort((a, b) =>
    a.code === FRANCE || (b.code !== FRANCE && order.compare(a.name, b.name) < 0) ? -1 : 1,
  );
  known.set(locale, sorted);
  return sorted;
}

/** Countries whose addresses have no postcode (Universal Postal Union). AR24 wants one all the same. */
const WITHOUT_POSTCODES = new Set(
  (
    'AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GM GQ GY HK JM KI KM KN KP ' +
    'ML MO MR MW NR NU QA RW SB SC SL SR SS ST SX SY TD TG TK TL TO TV UG VU YE ZW'
  ).split(' '),
);

export function hasNoPostcodes(country: string): boolean {
  return WITHOUT_POSTCODES.has(country);
}
