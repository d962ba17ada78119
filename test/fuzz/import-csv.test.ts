/**
 * Import files as spreadsheets and people damage them: each row is started or reported, and no cell
 * is repeated.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkFile, type CheckedFile } from '../../cli/import/check-file.ts';
import { COLUMNS } from '../../cli/import/header.ts';
import { decode } from '../../cli/import/encoding.ts';
import { FileError } from '../../cli/import/records.ts';
import type { ImportRow } from '../../cli/import/row.ts';
import { invalidResult } from '../../cli/import/results.ts';
import { startRequest } from '../../client/schemas/start-request.ts';
import { FORM_CELLS, FORM_HEADER, utf8, windows1252 } from '../import/files.ts';
import { inProportion } from '../support/draws.ts';
import { altered, CANARY, hostileText, runs } from './hostile.ts';
import { expectSafeError, rejectionOf } from './safe-error.ts';

const HEADER = `reference;email;email_verified;language;require;${FORM_HEADER}`.split(';');
const ROW = `customer-1;zoe@example.org;oui;fr;payment;${FORM_CELLS}`.split(';');

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
/** Any cell; without NUL, which would be the file's fault and not the row's. */
const cell = fc.oneof(
  hostileText.map((text) => text.replaceAll('\0', '')),
  fc.constantFrom(...ROW, '', ' ', '1,23E+12', '732829320000', '1000', 'é', `${CANARY}.fr`, '=1+1'),
  fc.constantFrom(...ROW).chain((text) => altered(text).map((odd) => odd.replaceAll('\0', ''))),
);
const row = fc.tuple(fc.nat(HEADER.length), cell, fc.nat(3)).map(([place, text, extra]) => {
  const cells = ROW.with(place % ROW.length, text);
  return [...cells, ...Array.from({ length: Math.max(0, extra - 1) }, () => '')];
});
const rows = fc.array(row, { minLength: 1, maxLength: 6 }).map((all) =>
  // With the reference on two lines, both would be refused.
  all.map((cells, n) => (cells[0] === ROW[0] ? cells.with(0, `customer-${n}`) : cells)),
);

function expectRow(one: ImportRow): void {
  if (one.kind === 'valid') {
    expect(startRequest.parse(one.request)).toEqual(one.request);
    expect(JSON.stringify(one.warnings)).not.toContain(CANARY);
    return;
  }
  expect(one.reference).toMatch(/^[A-Za-z0-9_.:-]{0,128}$/);
  const report = JSON.stringify(invalidResult(one));
  expect(report).not.toContain(CANARY);
  expect(report.length).toBeLessThan(5_000);
}

test('each row is a valid request, or is reported with all its faults and none of its cells', async () => {
  const found = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const lines = [HEADER, ...written].map((cells) => cells.map(quoted).join(';'));
      const { rows: read } = await checkFile(utf8(lines.join('\n')));
      const filled = written.filter((cells) => cells.some((text) => text.trim() !== ''));
      expect(read).toHaveLength(filled.length);
      for (const one of read) {
        found[one.kind] += 1;
        expectRow(one);
      }
    }),
    runs(500),
  );
  // Otherwise the generated rows are too uniform to prove anything.
  expect(Math.min(found.valid, found.invalid)).toBeGreaterThan(200);
});

const SECRET = ROW.with(5, `Zoé ${CANARY}`);
const csv = [HEADER, SECRET, SECRET.map(quoted), ['']].map((cells) => cells.join(';')).join('\n');
/** A header that we do not know may be a row of personal data. */
const strayHeader = fc
  .tuple(hostileText, fc.constantFrom(';', ',', '\t'))
  .map(([text, delimiter]) => ['reference', 'email', text, `jeanne ${CANARY}`].join(delimiter));
const bytes = fc.oneof(
  altered(csv).map(utf8),
  altered(csv).map(windows1252),
  fc.tuple(altered(csv), fc.uint8Array({ maxLength: 20 })).map(([text, more]) => {
    return Buffer.concat([utf8(text), more]);
  }),
  altered(csv).map((text) => Buffer.from(text, 'utf16le')),
  strayHeader.map((header) => utf8(`${header}\n${CANARY};${CANARY}\n`)),
  hostileText.map(utf8),
);

test('a file that cannot be read is reported without any part of it', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(bytes, async (file) => {
      let checked: CheckedFile | undefined;
      const failure = await rejectionOf(checkFile(file).then((it) => (checked = it)));
      expect(checked?.rows.length).not.toBe(0);
      if (failure === undefined) return;
      refused += 1;
      expectSafeError(failure, { kind: FileError, secrets: [CANARY], most: 1_000 });
    }),
    runs(750),
  );
  expect(refused).toBeGreaterThan(inProportion(300, 750));
});

test('letters are read as they were written, in UTF-8 and in Windows-1252', () => {
  // Several in a row may happen to be one letter in UTF-8, which no program can distinguish.
  const letter = fc
    .constantFrom(...'abcéèêëàçîïôûüœŒŸ€’–;,"\n\t '.split(''))
    .map((one) => `${one}a`);
  fc.assert(
    fc.property(fc.string({ unit: letter, minLength: 1 }), (text) => {
      expect(decode(utf8(text))).toEqual({ encoding: 'UTF-8', utf8: utf8(text), warnings: [] });
      // Some of these are where no word has them: then the encoding has to be given.
      expect(decode(windows1252(text), 'windows-1252').utf8.toString()).toBe(text);
      const plain = text.replaceAll(/[ŒŸ€–’]/gu, '');
      expect(decode(windows1252(`${plain}a`)).utf8.toString()).toBe(`${plain}a`);
    }),
    runs(500),
  );
});

test('columns are found in any order, with any delimiter', async () => {
  const order = fc.shuffledSubarray([...COLUMNS], { minLength: 2 });
  const delimiter = fc.constantFrom(';', ',', '\t');
  await fc.assert(
    fc.asyncProperty(order, delimiter, async (columns, between) => {
      const header = columns.includes('reference') && columns.includes('email');
      const file = utf8(
        [columns, columns.map((name) => `${name}-1`)].map((all) => all.join(between)).join('\n'),
      );
      const failure = await rejectionOf(checkFile(file));
      expect(failure === undefined).toBe(header);
    }),
    runs(300),
  );
});
