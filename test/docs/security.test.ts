/** docs/security.md names tests that exist. */
import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const page = readFileSync(`${PROJECT}docs/security.md`, 'utf8');

test('each measure names a test', () => {
  const tables = page.split('\n\n').filter((part) => /^\| threat .*\| shown by/.test(part));
  expect(tables.length).toBeGreaterThan(4);
  const rows = tables.flatMap((table) => table.split('\n').slice(2));
  const without = rows.filter(
    (row) => !/^(`test\/|the same)/.test(row.split('|')[3]?.trim() ?? ''),
  );
  expect(without).toEqual([]);
});

test('each named test exists', () => {
  const cells = page
    .split('\n')
    .filter((line) => line.includes('`test/'))
    .map((line) => line.split('|')[3] ?? '');
  expect(cells.length).toBeGreaterThan(30);
  const named = cells.flatMap((cell) => [...cell.matchAll(/`(test\/[^`]+)`(: [^;]+)?/g)]);
  const missing = named.flatMap(([, file = '', names = '']) => {
    const text = existsSync(PROJECT + file) ? readFileSync(PROJECT + file, 'utf8') : '';
    const tests = [...names.matchAll(/_([^_]{5,})_/g)].map(([, name = '']) => name);
    return [...(text === '' ? [file] : []), ...tests.filter((name) => !text.includes(name))];
  });
  expect(missing).toEqual([]);
});
