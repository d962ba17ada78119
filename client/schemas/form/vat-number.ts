/** VAT numbers of the European Union: their format and their check digits. */
import { createRequire } from 'node:module';
import { asCode } from '../invisible.ts';

/** The name of each country's VAT number in `stdnum`. */
const NUMBERS = {
  ...{ AT: 'uid', BE: 'vat', BG: 'vat', CY: 'vat', CZ: 'dic', DE: 'vat', DK: 'cvr', EE: 'kmkr' },
  ...{ ES: 'nif', FI: 'alv', FR: 'tva', GR: 'vat', HR: 'oib', HU: 'anum', IE: 'vat', IT: 'iva' },
  ...{ LT: 'pvm', LU: 'tva', LV: 'pvn', MT: 'vat', NL: 'btw', PL: 'nip', PT: 'nif', RO: 'cif' },
  ...{ SE: 'vat', SI: 'ddv', SK: 'dph' },
} as const;
type Country = keyof typeof NUMBERS;

/** The format of all countries' numbers, from the Union's own system (VIES). */
const FORM = /^[A-Z]{2}[0-9A-Z+*]{2,12}$/;

const require = createRequire(import.meta.url);

/** Whether AR24 expects a VAT number from businesses there. Whether France is included is not known. */
export function wantsVatNumber(country: string): boolean {
  return country !== 'FR' && isInUnion(country);
}

/** Removes blanks and points, and adds the letters of the country if they are certainly missing. */
export function vatNumberIn(written: string, country: string): string {
  const code = asCode(written)
    .toUpperCase()
    .replace(/^'|[.\-/]/g, '');
  if (!isInUnion(country)) return code;
  const letters = lettersOf(country);
  if (code.startsWith(letters)) return code;
  // Only in VAT numbers, Greece is EL.
  if (code.startsWith(country)) return letters + code.slice(country.length);
  return check(country, code) === undefined ? letters + code : code;
}

export type VatFault = 'form' | 'key' | 'country' | 'siren';

/** The fault of a VAT number that {@link vatNumberIn} returned. */
export function faultInVatNumber(
  number: string,
  country: string,
  siret: string | undefined,
): VatFault | undefined {
  if (!isInUnion(country)) return undefined;
  if (!FORM.test(number)) return 'form';
  if (!number.startsWith(lettersOf(country))) return 'country';
  const fault = check(country, number.slice(2));
  if (fault !== undefined) return fault;
  const isOther = country === 'FR' && siret?.startsWith(number.slice(4)) === false;
  return isOther ? 'siren' : undefined;
}

function lettersOf(country: Country): string {
  return country === 'GR' ? 'EL' : country;
}

function isInUnion(country: string): country is Country {
  return Object.hasOwn(NUMBERS, country);
}

interface Checked {
  readonly isValid: boolean;
  readonly error?: { readonly name: string };
}

/** Undefined if the number is right. @param number without the letters of its country */
function check(country: Country, number: string): 'form' | 'key' | undefined {
  // Loaded here, because it has the numbers of a hundred countries, loads slowly, and most senders have no VAT number.
  const { stdnum } = require('stdnum') as {
    readonly stdnum: Readonly<
      Record<string, Readonly<Record<string, { validate(number: string): Checked }>>>
    >;
  };
  const checked = stdnum[country]?.[NUMBERS[country]]?.validate(number);
  if (checked === undefined || checked.isValid) return undefined;
  return checked.error?.name === 'InvalidLength' ? 'form' : 'key';
}
