/** From bytes to rows: encodings, delimiters, lines, and files that are no CSV. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { checkFile } from '../../cli/import/check-file.ts';
import { COLUMNS } from '../../cli/import/header.ts';
import { FileError, recordsOf, type Delimiter } from '../../cli/import/records.ts';
import { all } from '../client/onboardings.ts';
import {
  faultsOf,
  FORM_CELLS,
  FORM_HEADER,
  lines,
  requestOf,
  rowsOf,
  utf8,
  windows1252,
} from './files.ts';
import { draws } from '../support/draws.ts';

const WITH_FORM = lines(`reference;email;${FORM_HEADER}`, `c-1;zoe@example.org;${FORM_CELLS}`);

describe('encodings', () => {
  test.each([
    ['UTF-8', utf8(WITH_FORM), 'UTF-8'],
    ['UTF-8 with a byte-order mark', utf8(`\uFEFF${WITH_FORM}`), 'UTF-8'],
    ['Windows-1252', windows1252(WITH_FORM), 'Windows-1252'],
  ])('%s gives the same letters', async (_, bytes, encoding) => {
    expect(await checkFile(bytes)).toMatchObject({ encoding, delimiter: ';' });
    expect(await requestOf(bytes)).toMatchObject({
      reference: 'c-1',
      registration: { firstname: 'Zoé', lastname: 'Brûlé', zipcode: '01000' },
    });
  });

  test.each([
    ['nothing', utf8(''), 'it is empty'],
    ['only a byte-order mark', utf8('\uFEFF'), 'must name the columns'],
    ['UTF-16', Buffer.from(`\uFEFF${WITH_FORM}`, 'utf16le'), 'UTF-16'],
    [
      'UTF-16 without a byte-order mark',
      Buffer.from(WITH_FORM, 'utf16le'),
      'line 1 holds a NUL byte',
    ],
    ['a NUL byte', utf8(`${WITH_FORM}c-2;\0`), 'line 3 holds a NUL byte'],
    ['a workbook', Buffer.from('PK\u0003\u0004 and so on'), "spreadsheet program's own file"],
    [
      'UTF-8 by its byte-order mark only',
      Buffer.concat([utf8('\uFEFF'), windows1252(WITH_FORM)]),
      'it is marked as UTF-8, and line 2 is not',
    ],
    [
      'two encodings',
      Buffer.concat([utf8(WITH_FORM), windows1252(`c-2;b@example.org;${FORM_CELLS}`)]),
      'line 2 is UTF-8 and line 3 is not',
    ],
    [
      'a byte that is no character',
      Buffer.concat([windows1252(WITH_FORM), Buffer.from([0x81])]),
      'line 3 holds a byte that is no letter in',
    ],
  ])('%s is reported', async (_, bytes, message) => {
    await expect(checkFile(bytes)).rejects.toThrow(message);
    await expect(checkFile(bytes)).rejects.toThrow(FileError);
  });

  const names = (...all: readonly string[]) =>
    lines(
      `reference;email;${FORM_HEADER}`,
      ...all.map((name, n) => `c-${n};zoe@example.org;${FORM_CELLS.replace('Zoé', name)}`),
    );

  test.each([
    ['CP850', 'cp850', 'line 2 holds', '--encoding cp850'],
    ['Mac Roman', 'macroman', 'line 2 holds', '--encoding macroman'],
  ] as const)('%s is reported with the option to use, and read with it', async (...row) => {
    const [name, encoding, line, advice] = row;
    for (const text of [names('Noé', 'Hélène'), names('François'), names('Chloë', 'Jérôme')]) {
      const bytes = iconv.encode(text, encoding);
      await expect(checkFile(bytes)).rejects.toThrow(line);
      await expect(checkFile(bytes)).rejects.toThrow(advice);
      await expect(checkFile(bytes)).rejects.not.toThrow(/No|Br/);
      const { encoding: read, rows } = await checkFile(bytes, { encoding });
      expect(read).toBe(name);
      expect(rows).toMatchObject([
        { request: { registration: { lastname: 'Brûlé' } } },
        ...rows.slice(1),
      ]);
      expect(rows.map(({ kind }) => kind)).not.toContain('invalid');
    }
  });

  test('letters that would be French in another encoding are a warning, and accepted', async () => {
    const file = lines('reference;email;city', 'c-1;zoe@example.org;');
    const bytes = Buffer.concat([utf8(file), windows1252('c-2;zoe@example.org;HŠRIX\n')]);
    const { encoding, warnings } = await checkFile(bytes);
    expect(encoding).toBe('Windows-1252');
    expect(warnings).toEqual([expect.stringMatching(/^line 3: letters may be wrong: .*cp850/)]);
    const { warnings: none } = await checkFile(bytes, { encoding: 'windows-1252' });
    expect(none).toEqual([]);
  });

  test.each(['Šimek', 'ŽÁK', 'D’Arc', 'Œuvre', 'Anne–Marie', 'Peña', 'Åse'])(
    '%s in Windows-1252 gets no warning',
    async (name) => {
      const { rows } = await checkFile(windows1252(names(name, 'Zoé', 'Hélène')));
      expect(rows[0]).toMatchObject({ request: { registration: { firstname: name } } });
    },
  );

  test('UTF-8 is read as such, even if another encoding is given', async () => {
    await expect(checkFile(utf8(WITH_FORM), { encoding: 'cp850' })).rejects.toThrow(
      'all of it is valid UTF-8',
    );
    await expect(checkFile(windows1252(WITH_FORM), { encoding: 'utf-8' })).rejects.toThrow(
      'line 2 is not valid UTF-8',
    );
  });

  test('UTF-8 that was once read as Windows-1252 or CP850 is reported by line and column', async () => {
    expect(await faultsOf(names('Zoé', 'HÃ©lÃ¨ne', 'No‚'))).toEqual([
      expect.stringMatching(/^3: firstname: contains letters that were encoded twice/),
      expect.stringMatching(/^4: firstname: contains a character that is not a letter/),
    ]);
  });
});

describe('the header', () => {
  test.each([
    [';', 'reference;email;require', 'c-1;a@example.org;payment,identity'],
    [',', 'reference,email,require', 'c-1,a@example.org,"payment,identity"'],
    ['\t', 'reference\temail\trequire', 'c-1\ta@example.org\tpayment|identity'],
    [',', '"reference","email","require"', '"c-1","a@example.org","payment identity"'],
    [';', ' Email ;REFERENCE;require', ' a@example.org ; c-1;identity, payment'],
  ])('shows the delimiter %j: %s', async (delimiter, header, row) => {
    const file = utf8(lines(header, row));
    expect(await checkFile(file)).toMatchObject({ delimiter });
    expect(await requestOf(file)).toMatchObject({
      ...{ reference: 'c-1', email: 'a@example.org', require: ['payment', 'identity'] },
    });
  });

  test.each([
    ['sep=;\n', ';'],
    ['"sep=,"\r\n', ','],
    ['SEP=\t\n', '\t'],
    ['\uFEFFsep=;\n', ';'],
    ['\n\n', ';'],
    [';;;\n; ;\n', ';'],
    ['sep=,\n,,,\n', ','],
  ])('is found below %j, and lines are those of the file', async (before, delimiter) => {
    const rows = ['reference;email', 'c-1;a@example.org', 'c-2;nobody'];
    const file = before + lines(...rows).replaceAll(';', delimiter);
    expect(await checkFile(utf8(file))).toMatchObject({
      delimiter,
      rows: [{ reference: 'c-1' }, {}],
    });
    const line = before.split('\n').length + 2;
    expect(await faultsOf(file)).toEqual([`${line}: email: is not an e-mail address`]);
  });

  test.each([
    ['Liste des clients\n', 'line 2 names the columns'],
    ['Clients;;;\n;;;\nExport du 12/05/2027\n\n', 'line 5 names the columns'],
    ['sep=|\n', 'names another delimiter (sep=)'],
  ])('below %j is reported with the reason', async (before, message) => {
    const file = before + lines('reference;email', 'c-1;a@example.org');
    await expect(rowsOf(file)).rejects.toThrow(message);
    await expect(rowsOf(file)).rejects.not.toThrow('Export');
  });

  test.each([
    ['reference;email;prenom', 'unknown column "prenom"'],
    ['reference;email;prenom', 'known columns: reference, email'],
    ['reference;email;cgu', '"cgu" is not taken: it comes from'],
    ['reference;email;jeanne@example.org', 'column 3 has an unknown name'],
    ['reference;email;Email', 'column email is there twice'],
    ['reference;language', 'column email is missing'],
    ['reference|email', 'with ; , or a tab between them'],
    ['c-1;jeanne@example.org', 'first line must name the columns'],
    ['reference;email', 'a header line, and no rows'],
    ['"reference;email', 'first line must name the columns'],
  ])('%s is refused', async (header, message) => {
    await expect(rowsOf(lines(header))).rejects.toThrow(message);
    await expect(rowsOf(lines(header))).rejects.not.toThrow('jeanne');
  });
});

describe('line numbers', () => {
  const FILE = [
    ['reference,email,city'],
    ['c-1,nobody,'],
    ['c-2,a@example.org,"a city\n\nof three lines"'],
    [''],
    ['c-3,nobody,'],
    [',,'],
    ['c-4,nobody,'],
  ].join('\n');

  test.each(['\n', '\r\n', '\r'])('are those of the file, ended by %j', async (end) => {
    const faults = await faultsOf(FILE.replaceAll('\n', end));
    const addresses = faults.filter((fault) => fault.includes('email'));
    expect(addresses).toEqual([2, 7, 9].map((line) => `${line}: email: is not an e-mail address`));
    expect(faults).toContain('3: city: holds a line break or another control character');
  });

  test('are right with mixed line ends, and after a byte-order mark', async () => {
    const file = '\uFEFFreference,email\r\nc-1,nobody\nc-2,"nobody\r"\rc-3,nobody';
    const found = await faultsOf(file);
    expect(found.map((fault) => fault.slice(0, 2))).toEqual(['2:', '3:', '5:']);
  });

  test.each([
    ['c-2,"never closed\n\n', 'line 3: a quote is opened in the row that begins here'],
    ['c-2,"secret"x\nc-3,b', 'line 3: a quote in the row that begins here is out of place'],
    ['c-2,secret"x\nc-3,b', 'line 3: a quote in the row that begins here is out of place'],
    ['c-2,="secret"\n', 'line 3: a cell of the row that begins here is written as a formula'],
    [`c-2,"${'secret'.repeat(20_000)}"`, 'line 3: the row that begins here does not end'],
  ])('name the place of a misplaced quote', async (rest, message) => {
    const file = `reference,email\nc-1,a@example.org\n${rest}`;
    await expect(rowsOf(file)).rejects.toThrow(message);
    await expect(rowsOf(file)).rejects.not.toThrow('secret');
  });
});

test('more rows than the limit are refused', async () => {
  const file = utf8(lines('reference,email', ...['a', 'b', 'c', 'd'].map((name) => `${name},`)));
  await expect(checkFile(file, { rows: 4 })).resolves.toHaveProperty('rows.length', 4);
  await expect(checkFile(file, { rows: 3 })).rejects.toThrow('more than 3 rows');
});

test('any rows written as CSV are read as they were', async () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 });
  const delimiters = fc.constantFrom<Delimiter>(';', ',', '\t');
  await fc.assert(
    fc.asyncProperty(rows, delimiters, async (written, delimiter) => {
      const csv = stringify(written, { delimiter, quoted: true });
      const read = await all(recordsOf(utf8(csv), delimiter));
      expect(read.map(({ cells }) => cells)).toEqual(written);
      const counts = written.map((cells) => cells.join('').split(/\r\n|\n|\r/).length);
      expect(read.map(({ line }) => line)).toEqual(
        counts.map((_, n) => counts.slice(0, n).reduce((sum, count) => sum + count, 1)),
      );
    }),
  );
});

test('any bytes end in rows or in a documented error', async () => {
  const header = fc.constantFrom('', 'reference;email\n', `${COLUMNS.join(',')}\n`);
  const rest = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r', 'a', '@', '1', '.') }).map(utf8),
  );
  await fc.assert(
    fc.asyncProperty(header, rest, async (first, bytes) => {
      const file = Buffer.concat([utf8(first), bytes]);
      const refused = await checkFile(file).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refused === undefined || refused instanceof FileError).toBe(true);
    }),
    { numRuns: draws(500) },
  );
});
