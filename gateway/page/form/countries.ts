import { COUNTRIES } from '../../../client/schemas/form/countries.ts';

export const FRANCE = 'FR';

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
