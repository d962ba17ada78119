import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { openReport, reportPathFor, reportText, type RowResult } from '../../cli/import/results.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-report-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const started = (line: number, reference: string): RowResult => ({
  ...{ line, reference, result: 'started', detail: '' },
});

test('is written beside the file', () => {
  expect(reportPathFor('here/customers.CSV')).toBe('here/customers.report.csv');
  expect(reportPathFor('customers.txt')).toBe('customers.txt.report.csv');
});

test('has each row in the order of the file', () => {
  const results = [started(12, 'c-12'), { ...started(3, '-c3'), detail: 'one; two' }];
  expect(reportText(results, ';')).toBe(
    'line;reference;result;detail\n3;\'-c3;started;"one; two"\n12;c-12;started;\n',
  );
});

test('has no cell that a spreadsheet takes for a formula', () => {
  const text = fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '', ' '), fc.string());
  fc.assert(
    fc.property(text, fc.constantFrom(';', ',', '\t'), ([first, rest], delimiter) => {
      const written = first + rest;
      const csv = reportText([{ ...started(2, written), detail: written }], delimiter);
      const rows: string[][] = parse(csv, { delimiter });
      const cells = rows.flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      expect(cells.slice(4).map((cell) => cell.replace(/^'/, ''))).toEqual(
        ['2', written, 'started', written].map((cell) => cell.replace(/^'/, '')),
      );
    }),
  );
});

test('is complete or absent, for its owner only, and replaces an earlier one', async () => {
  const path = join(folder, 'customers.report.csv');
  for (const [reference, delimiter] of [
    ['c-1', ';'],
    ['c-2', ','],
  ] as const) {
    const report = await openReport(path);
    await report.write([started(2, reference)], delimiter);
    await report.discard();
    expect(await readFile(path, 'utf8')).toContain(reference);
  }
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const unwritten = await openReport(path);
  await unwritten.discard();
  expect(await readFile(path, 'utf8')).toContain('c-2');
  expect(await readdir(folder)).toEqual(['customers.report.csv']);
});

test.each([
  ['another file', (path: string) => writeFile(path, 'line;reference;email\n')],
  ['an empty file', (path: string) => writeFile(path, '')],
  ['a link', (path: string) => symlink(join(folder, 'elsewhere'), path)],
])('never replaces %s', async (what, make) => {
  const path = join(folder, what.replaceAll(' ', '-'));
  await make(path);
  await expect(openReport(path)).rejects.toThrow('is no report of an import');
});

test('fails before the import if it cannot be written', async () => {
  await expect(openReport(join(folder, 'nowhere', 'report.csv'))).rejects.toThrow('ENOENT');
});
