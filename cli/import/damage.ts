/** What spreadsheet programs do to figures and letters, so that a person is told what happened. */
import { FORM_COLUMNS, type Column } from './columns.ts';
import type { Fault } from './fault.ts';

type Cells = Partial<Readonly<Record<Column, string>>>;

const POWER_OF_TEN = /^\d(?:[.,]\d+)?E\+?\d+$/i;
const DECIMALS = /^\d+[.,]\d+$/;
const AS_TEXT = 'format the column as text before you type or paste';
/** What programs write for a letter that they could not read. */
const LOST_LETTER = '\uFFFD';

export function damagesIn(cells: Cells): readonly Fault[] {
  const siret = siretDamage(cells.company_siret);
  const zipcode = zipcodeDamage(cells.zipcode, cells.country);
  return [
    ...(siret === undefined ? [] : [{ column: 'company_siret' as const, message: siret }]),
    ...(zipcode === undefined ? [] : [{ column: 'zipcode' as const, message: zipcode }]),
    ...FORM_COLUMNS.filter((column) => cells[column]?.includes(LOST_LETTER)).map((column) => ({
      column,
      message: 'holds a letter that was lost when the file was written',
    })),
  ];
}

function siretDamage(written = ''): string | undefined {
  const siret = written.replace(/\s/gu, '');
  if (POWER_OF_TEN.test(siret)) {
    return `a spreadsheet has written the SIRET as a power of ten, and its last digits are lost: ${AS_TEXT}`;
  }
  if (DECIMALS.test(siret)) return `a spreadsheet has given the SIRET decimals: ${AS_TEXT}`;
  // SIRETs that begin with more zeros are rarer than the shorter numbers of other territories.
  if (!/^\d{12,13}$/.test(siret)) return undefined;
  return `has ${siret.length} digits, and a SIRET has 14: a spreadsheet may have taken leading zeros off; ${AS_TEXT}`;
}

/** French ones only: others may have four digits. */
function zipcodeDamage(zipcode = '', country = ''): string | undefined {
  const isShort = /^\d{4}$/.test(zipcode) && country.toUpperCase() === 'FR';
  if (!isShort) return undefined;
  return `has 4 digits, and a French postcode has 5: a spreadsheet may have taken a leading zero off; ${AS_TEXT}`;
}
