/** How a row becomes a request, and the faults that are reported. */
import { describe, expect, test } from '@jest/globals';
import { checkFile } from '../../cli/import/check-file.ts';
import { faultsOf, FORM_CELLS, FORM_HEADER, lines, requestOf, rowsOf, utf8 } from './files.ts';

test('a row without any field of the form has no form', async () => {
  const [first, second] = await rowsOf(
    lines(
      `reference;email;${FORM_HEADER}`,
      'c-1;a@example.org;;;; ;;;;',
      `c-2;b@example.org;${FORM_CELLS}`,
    ),
  );
  expect(first).toMatchObject({ kind: 'valid' });
  expect(first).not.toHaveProperty('request.registration');
  expect(second).toMatchObject({ request: { registration: { city: 'Bourg-en-Bresse' } } });
});

test('as prefills, forms may lack any field, and are checked as far as they go', async () => {
  const file = lines(
    'reference;email;statut;zipcode;city;company_siret',
    'c-1;a@example.org;professionnel;;;732 829 320 00074',
    'c-2;b@example.org; ;;;',
    'c-3;c@example.org;freelance;;;8,47E+13',
  );
  const { rows } = await checkFile(utf8(file), { forms: 'prefill' });
  expect(rows).toMatchObject([
    { request: { prefill: { statut: 'professionnel', company_siret: '73282932000074' } } },
    { kind: 'valid' },
    { kind: 'invalid', faults: [{ column: 'statut' }, { column: 'company_siret' }] },
  ]);
  expect(rows[0]).not.toHaveProperty('request.registration');
  expect(rows[0]).not.toHaveProperty('request.prefill.city');
  expect(rows[1]).not.toHaveProperty('request.prefill');
});

test('digits stay as they are written', async () => {
  const { registration } = await requestOf(
    lines(
      `reference;email;${FORM_HEADER};company;company_siret;company_tva;is_legal_entity`,
      `0042;a@example.org;${FORM_CELLS.replace('particulier', 'professionnel')};00;003 251 758 00011;;oui`,
    ),
  );
  expect(registration).toMatchObject({
    ...{ zipcode: '01000', company: '00', company_siret: '00325175800011', is_legal_entity: '1' },
  });
});

test.each([
  ['oui', true],
  ['VRAI', true],
  ['1', true],
  ['yes', true],
  ['', false],
  ['faux', false],
  ['no', false],
])(
  '%j in the column decides whether the address is vouched for',
  async (written, emailVerified) => {
    const file = lines('reference,email,email_verified', `c-1,a@example.org,${written}`);
    expect(await requestOf(file)).toMatchObject({ emailVerified, language: 'fr', require: [] });
  },
);

test('all faults are reported, by line and column, and never with the cell', async () => {
  const faults = await faultsOf(
    lines(
      `reference;email;language;require;email_verified;${FORM_HEADER}`,
      'c 1;secret;secret;secret;secret;secret;;secret;secret;;;;secret',
      'secret@example.org;a@example.org;EN;;;',
      'c-3;a@example.org;;;;;;;;;;;;secret',
    ),
  );
  expect(faults).toEqual([
    '2: reference: must be 1 to 128 letters, digits, or any of _ . : -',
    '2: email: is not an e-mail address',
    '2: email_verified: true or false is expected',
    '2: language: one of fr, en is expected',
    '2: lastname: is empty',
    '2: gender: "M" or "F" is expected',
    '2: statut: one of particulier, professionnel, administration, association is expected',
    '2: address1: is empty',
    '2: zipcode: is empty',
    '2: city: is empty',
    '2: country: a country code of two letters is expected, such as FR',
    '2: require: one of payment, identity is expected',
    expect.stringMatching(/^3: reference: must not be an e-mail address/),
    expect.stringMatching(/^4: has text in cell 14, for which the header has no name/),
  ]);
  expect(faults.join()).not.toContain('secret');
});

test('a form without required columns is reported with their names', async () => {
  const faults = await faultsOf(lines('reference,email,city', 'c-1,a@example.org,Bourg'));
  expect(faults).toContain('2: firstname: is needed for the form, and the file has no such column');
});

test('a reference on several lines is accepted on none of them', async () => {
  const rows = await rowsOf(
    lines('reference,email', ...['a', 'b', 'a', 'a', 'a', 'a'].map((r) => `${r},x@example.org`)),
  );
  expect(rows.map(({ kind }) => kind)).toEqual([
    'invalid',
    'valid',
    'invalid',
    'invalid',
    'invalid',
    'invalid',
  ]);
  expect(rows[0]).toMatchObject({
    faults: [{ column: 'reference', message: 'is also on lines 4, 5, 6 and 1 more' }],
  });
  expect(rows[2]).toMatchObject({
    faults: [{ column: 'reference', message: 'is also on lines 2, 5, 6 and 1 more' }],
  });
});

test('an address on several lines is a warning, and refused beyond the given number', async () => {
  const addresses = ['Zoe@example.org', 'a@example.org', 'zoe@EXAMPLE.org ', 'zoe@example.org'];
  const file = utf8(lines('reference,email', ...addresses.map((email, n) => `c-${n},${email}`)));
  const { rows } = await checkFile(file, { perAddress: 2 });
  expect(rows).toMatchObject([
    { kind: 'valid', warnings: ['email is also on lines 4, 5: AR24 mails it for each'] },
    { kind: 'valid', warnings: [] },
    { kind: 'valid', warnings: ['email is also on lines 2, 5: AR24 mails it for each'] },
    { kind: 'invalid', reference: 'c-3', faults: [{ column: 'email' }] },
  ]);
  expect((await faultsOf(file)).join()).toBe('');
  expect(JSON.stringify(rows[3])).toMatch(
    /is also on lines 2, 4, and at most 2 rows may have one address/,
  );
});

test('an invalid reference is not reported, since it may be personal data', async () => {
  expect(await rowsOf(lines('reference,email', 'zoe@example.org,c-1'))).toMatchObject([
    { kind: 'invalid', reference: '' },
  ]);
});

test.each([
  ['="c-1"', 'a@example.org', 'reference: is a spreadsheet formula'],
  ['#REF!', 'a@example.org', 'reference: is a spreadsheet error'],
  ['c-1', '#NOM?', 'email: is a spreadsheet error'],
  ['c-1', 'undefined', 'email: is a placeholder of a program'],
])('%j, %j is reported with the reason', async (reference, email, message) => {
  const cells = [reference, email].map((cell) => `"${cell.replaceAll('"', '""')}"`);
  const [fault] = await faultsOf(lines('reference,email', cells.join(',')));
  expect(fault).toContain(`2: ${message}`);
});

test('a reference that a spreadsheet may have changed is a warning', async () => {
  const dates = ['01-mars', '1-Mar', '01-janv.', 'mars-24', '3-Dec-2024', '01.03.2024', '2024-3-1'];
  const powers = ['1E5', '12e10', '1.5E-3'];
  const fine = ['MARS1', '1-3', '32-mars', '12-34-5678', 'E5', '1E5a', 'A1E5', '2024-031'];
  const references = [...dates, ...powers, ...fine];
  const rows = await rowsOf(
    lines('reference,email', ...references.map((one, n) => `${one},a${n}@example.org`)),
  );
  const warned = (part: string) =>
    rows.flatMap((row) =>
      row.kind === 'valid' && row.warnings.join().includes(part) ? [row.reference] : [],
    );
  expect(warned('reference: looks like a date')).toEqual(dates.slice(0, -1));
  expect(warned('reference: looks like a power of ten')).toEqual(powers);
});

test('numbers that differ in leading zeros alone are a warning', async () => {
  const references = ['00042', '42', '420', '0042'];
  const rows = await rowsOf(
    lines('reference,email', ...references.map((one, n) => `${one},a${n}@example.org`)),
  );
  const words = 'with another number of leading zeros: a spreadsheet may have removed some';
  expect(rows).toMatchObject([
    { kind: 'valid', warnings: [`reference is also on lines 3, 5, ${words}`] },
    { kind: 'valid', warnings: [`reference is also on lines 2, 5, ${words}`] },
    { kind: 'valid', warnings: [] },
    { kind: 'valid', warnings: [`reference is also on lines 2, 3, ${words}`] },
  ]);
});

test('a reference that is a word for an empty value is a warning', async () => {
  const rows = await rowsOf(lines('reference,email', 'undefined,a@example.org'));
  expect(rows).toMatchObject([{ warnings: [expect.stringMatching(/^reference: looks like/)] }]);
});

describe('damage by a spreadsheet', () => {
  const file = (cells: Readonly<Record<string, string>>): string => {
    const columns = FORM_HEADER.split(';');
    const written = FORM_CELLS.split(';');
    const form = { ...Object.fromEntries(columns.map((name, n) => [name, written[n]])), ...cells };
    return lines(
      ['reference', 'email', ...Object.keys(form)].join(';'),
      ['c-1', 'a@example.org', ...Object.values(form)].join(';'),
    );
  };

  test.each([
    [{ company_siret: '8,47E+13' }, 'company_siret: is a power of ten, written by a spreadsheet'],
    [{ company_siret: '8.47625E13' }, 'company_siret: is a power of ten, written by a spreadsheet'],
    [{ company_siret: '73282932000075,00' }, 'company_siret: has decimals, added by a spreadsheet'],
    [
      { company_siret: '325 175 000 0017' },
      'company_siret: has fewer than 14 digits, and a SIRET has 14',
    ],
    [{ zipcode: '1000' }, 'zipcode: has 4 digits, and a French postcode has 5'],
    [{ zipcode: '1000', country: 'fr' }, 'zipcode: has 4 digits, and a French postcode has 5'],
    [{ city: 'Saint-\uFFFDtienne' }, 'city: holds a letter that was lost'],
    [{ zipcode: '#VALEUR!' }, 'zipcode: is a spreadsheet error'],
    [
      { city: '="Bourg"'.replaceAll('"', '""').replace(/.*/, '"$&"') },
      'city: is a spreadsheet formula',
    ],
  ])('is reported: %j', async (cells, message) => {
    expect(await faultsOf(file(cells))).toEqual([expect.stringContaining(`2: ${message}`)]);
  });

  test.each([
    [{ company_siret: '00325175800011' }],
    [{ company_siret: '73282932000074,00' }],
    [{ company_siret: '' }],
    [{ zipcode: '1000', country: 'BE' }],
  ])('is not suspected in %j', async (cells) => {
    expect(await faultsOf(file(cells))).toEqual([]);
  });
});

test('a form that AR24 will probably refuse is a warning', async () => {
  const cells = FORM_CELLS.replace('particulier', 'professionnel');
  const [row] = await rowsOf(lines(`reference;email;${FORM_HEADER}`, `c;a@example.org;${cells}`));
  expect(row).toMatchObject({
    kind: 'valid',
    warnings: [expect.stringContaining('company_siret')],
  });
});
