/** Files as customers' systems and spreadsheets write them. */
import iconv from 'iconv-lite';
import { checkFile } from '../../cli/import/check-file.ts';
import { faultWords } from '../../cli/import/results.ts';
import type { ImportRow } from '../../cli/import/row.ts';

export const FORM_HEADER = 'firstname;lastname;gender;statut;address1;zipcode;city;country';
export const FORM_CELLS = 'Zoé;Brûlé;F;particulier;12 rue des Lilas;01000;Bourg-en-Bresse;FR';

export const utf8 = (text: string): Buffer => Buffer.from(text);
export const windows1252 = (text: string): Buffer => iconv.encode(text, 'win1252');

export const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

export async function rowsOf(file: Buffer | string): Promise<readonly ImportRow[]> {
  const { rows } = await checkFile(Buffer.from(file));
  return rows;
}

/** `LINE: fault`, for each fault. */
export async function faultsOf(file: Buffer | string): Promise<readonly string[]> {
  const rows = await rowsOf(file);
  return rows.flatMap((row) =>
    row.kind === 'valid' ? [] : faultWords(row).map((fault) => `${row.line}: ${fault}`),
  );
}

/** The only row's request. */
export async function requestOf(file: Buffer | string) {
  const [row] = await rowsOf(file);
  if (row?.kind !== 'valid') throw new Error(`no valid row: ${JSON.stringify(row)}`);
  return row.request;
}
