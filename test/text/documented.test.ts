import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { RULES } from '../../client/schemas/form/rules.ts';

test('docs/integrating.md lists every rule for forms, in its own words', async () => {
  const page = await readFile(new URL('../../docs/integrating.md', import.meta.url), 'utf8');
  const [, table = ''] = /<!-- rules -->([^]*)<!-- \/rules -->/.exec(page) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  expect(Object.fromEntries(cells.map(([, rule = '', , says = '']) => [rule, says]))).toEqual(
    Object.fromEntries(Object.entries(RULES).map(([rule, says]) => [`\`${rule}\``, says])),
  );
});
