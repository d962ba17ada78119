/** The same value is accepted or refused at every entrance: one table, run through all of them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormField } from '../../workflows/contract/index.ts';
import { registrationForm } from '../support/people.ts';
import { ENTRANCES, type Judged, type Written } from './entrances.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-text-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** As it is accepted, without a warning. */
interface Accepted {
  readonly becomes: string | undefined;
}
type Expected = Accepted | 'refused' | (Accepted & { readonly doubtful: true });

type Row = readonly [
  field: FormField,
  written: string | boolean,
  expected: Expected,
  more?: Written,
];

const becomes = (value: string | undefined): Accepted => ({ becomes: value });
const doubtful = (value: string) => ({ becomes: value, doubtful: true }) as const;
const refused = 'refused';

const SIRET = '73282932000074';
const PRIVATE = { statut: 'particulier' };
const BELGIAN = { country: 'BE', zipcode: '1000', company_siret: '' };
const ABROAD = { country: 'CH', zipcode: '1204', company_siret: '' };

const SIRETS: readonly Row[] = [
  ['company_siret', '732 829 320 00074', becomes(SIRET)],
  ['company_siret', '732.829.320.00074', becomes(SIRET)],
  ['company_siret', '732\u00a0829\u202f320\u200b00074\u200e', becomes(SIRET)],
  ['company_siret', '\ufeff73282932000074', becomes(SIRET)],
  ['company_siret', '７３２８２９３２０００0７４', becomes(SIRET)],
  ['company_siret', "'73282932000074", becomes(SIRET)],
  ['company_siret', 'SIRET : 732 829 320 00074', becomes(SIRET)],
  ['company_siret', '73282932000074,00', becomes(SIRET)],
  ['company_siret', '73282932000074.0', becomes(SIRET)],
  // La Poste: an office with a rule of its own, and its seat.
  ['company_siret', '35600000049837', becomes('35600000049837')],
  ['company_siret', '35600000000048', becomes('35600000000048')],
  ['company_siret', '35600000049838', refused],
  ['company_siret', '732829320', refused],
  ['company_siret', '73282932000075', refused],
  ['company_siret', '73289232000074', refused],
  ['company_siret', '7328293200007', refused],
  ['company_siret', '732829320000740', refused],
  ['company_siret', '7,32829E+13', refused],
  ['company_siret', '73282932000075,00', refused],
  ['company_siret', '7328293200007A', refused],
  ['company_siret', 'NULL', refused],
  ['company_siret', '', { becomes: undefined, doubtful: true }],
  ['company_siret', '\u200b', { becomes: undefined, doubtful: true }],
  ['company_siret', '', becomes(undefined), PRIVATE],
  ['company_siret', '73282932000075', doubtful('73282932000075'), PRIVATE],
  ['company_siret', '732829320', doubtful('732829320'), PRIVATE],
  ['company_siret', '732829320', refused, { statut: 'association' }],
  // New Caledonia has other numbers for companies.
  ['company_siret', '1 234 567.001', doubtful('1234567001'), { country: 'NC', zipcode: '98800' }],
];

const POSTCODES: readonly Row[] = [
  ['zipcode', '75 002', becomes('75002')],
  ['zipcode', '75\u00a0002', becomes('75002')],
  ['zipcode', '75\u200b002', becomes('75002')],
  ['zipcode', 'F-75002', becomes('75002')],
  ['zipcode', 'FR-75002', becomes('75002')],
  ['zipcode', '75002.0', becomes('75002')],
  ['zipcode', '75002,00', becomes('75002')],
  ['zipcode', "'01000", becomes('01000')],
  ['zipcode', '75741 CEDEX 15', becomes('75741')],
  ['zipcode', '75741 Cedex', becomes('75741')],
  ['zipcode', '20000', becomes('20000')],
  ['zipcode', '97400', becomes('97400')],
  ['zipcode', '98800', becomes('98800'), { country: 'NC', company_siret: SIRET }],
  ['zipcode', '97133', becomes('97133'), { country: 'BL' }],
  ['zipcode', '98000', becomes('98000'), { country: 'MC', company_siret: '' }],
  ['zipcode', '00200', becomes('00200')],
  ['zipcode', '1000', refused],
  ['zipcode', '1000.0', refused],
  ['zipcode', '2A004', refused],
  ['zipcode', '750021', refused],
  ['zipcode', '75002 Paris', refused],
  ['zipcode', '00000', refused],
  ['zipcode', 'nowhere', refused],
  ['zipcode', '#REF!', refused],
  ['zipcode', '="01000"', refused],
  ['zipcode', '\u200b', refused],
  ['zipcode', '96100', doubtful('96100')],
  ['zipcode', '75002', doubtful('75002'), { country: 'RE' }],
  ['zipcode', '1000', becomes('1000'), ABROAD],
  ['zipcode', '1000.0', becomes('1000'), ABROAD],
  ['zipcode', 'SW1A 1AA', becomes('SW1A 1AA'), { ...ABROAD, country: 'UK' }],
];

const COUNTRIES: readonly Row[] = [
  ['country', 'fr', becomes('FR')],
  ['country', ' F\u200bR ', becomes('FR')],
  ['country', 'UK', becomes('GB'), { ...ABROAD, zipcode: 'SW1A 1AA' }],
  ['country', 'EL', becomes('GR'), { ...ABROAD, zipcode: '105 57', company_tva: 'EL094259216' }],
  ['country', 'ZZ', refused],
  ['country', 'France', refused],
];

const VAT_NUMBERS: readonly Row[] = [
  ['company_tva', 'FR40303265045', doubtful('FR40303265045')],
  ['company_tva', 'fr 83 732829320', doubtful('FR83732829320')],
  ['company_tva', 'FR 44 732 829 320', becomes('FR44732829320')],
  ['company_tva', '44732829320', becomes('FR44732829320')],
  ['company_tva', 'FR44', refused],
  ['company_tva', 'BE 0403.170.701', becomes('BE0403170701'), BELGIAN],
  ['company_tva', '0403170701', becomes('BE0403170701'), BELGIAN],
  ['company_tva', 'BE0403170702', doubtful('BE0403170702'), BELGIAN],
  ['company_tva', 'DE136695976', doubtful('DE136695976'), BELGIAN],
  ['company_tva', '#N/A', refused, BELGIAN],
  ['company_tva', '', { becomes: undefined, doubtful: true }, BELGIAN],
  ['company_tva', 'GR094259216', becomes('EL094259216'), { ...BELGIAN, country: 'GR' }],
  ['company_tva', 'CHE-123.456.789', becomes('CHE123456789'), ABROAD],
];

const TEXTS: readonly Row[] = [
  ['firstname', '\u200bZoé\ufeff ', becomes('Zoé')],
  ['firstname', 'Zo\u00adé', becomes('Zoé')],
  ['firstname', 'Zoe\u0301', becomes('Zoé')],
  ['firstname', 'علی\u200cرضا', becomes('علی\u200cرضا')],
  ['firstname', '\u200b', refused],
  ['firstname', '\u2800\u3164', refused],
  ['firstname', 'Z\ufffdé', refused],
  ['firstname', 'Zo\u2028é', refused],
  ['firstname', 'HÃ©lÃ¨ne', refused],
  ['lastname', 'MartÃ\u00adnez', refused],
  ['city', 'Bourg-lÃ\u00a0', refused],
  ['address1', 'Rue de lâ€™Ã‰glise', refused],
  ['city', 'BesanÃ§on', refused],
  ['firstname', 'No‚', refused],
  ['firstname', 'Fran‡ois', refused],
  ['firstname', 'undefined', refused],
  ['lastname', '#NOM?', refused],
  ['lastname', '#VALEUR!', refused],
  ['city', '#REF!', refused],
  ['address2', '#N/A', refused],
  ['company', '="Ateliers"', refused],
  ['firstname', 'HŠlŠne', doubtful('HŠlŠne')],
  ['lastname', 'NULL', doubtful('NULL')],
  ['lastname', 'Nan', doubtful('Nan')],
  ['company', 'n/a', doubtful('n/a')],
  // Names that look odd, and exist.
  ['lastname', 'ČÍŽEK', becomes('ČÍŽEK')],
  ['lastname', 'Šimek', becomes('Šimek')],
  ['lastname', 'D’Álvarez–Núñez', becomes('D’Álvarez–Núñez')],
  ['lastname', 'IRMÃ', becomes('IRMÃ')],
  ['company', 'Café™ & Cie', becomes('Café™ & Cie')],
  ['address1', '12 bis, rue n° 5', becomes('12 bis, rue n° 5')],
];

const ADDRESSES: readonly Row[] = [
  ['billing_email', ' \u200bzoe@example.org\ufeff', becomes('zoe@example.org')],
  ['billing_email', 'zo\u200be@example.org', refused],
  ['billing_email', 'zoe@exam\u00adple.org', refused],
  ['billing_email', 'zoe..b@example.org', refused],
  ['billing_email', '.zoe@example.org', refused],
  ['billing_email', 'zoe.@example.org', refused],
  ['billing_email', 'zoe@example..org', refused],
  ['billing_email', 'zoe@.example.org', refused],
  ['billing_email', 'zoe@example.org.', refused],
  ['billing_email', 'zoe@example.123', refused],
  ['billing_email', 'zoe@192.168.0.1', refused],
  ['billing_email', 'zo\ufffd@example.org', refused],
  ['billing_email', '\u200b', becomes(undefined)],
  ['billing_email', 'z.o.e@sub.example.museum', becomes('z.o.e@sub.example.museum')],
];

const FLAGS: readonly Row[] = (['is_legal_entity', 'notif_billing'] as const).flatMap((field) => [
  ...['1', 'true', 'YES', 'oui', 'Vrai', ' oui\u200b', true].map((word): Row => [
    field,
    word,
    becomes('1'),
  ]),
  ...['0', 'False', 'no', 'non', 'FAUX', false].map((word): Row => [field, word, becomes('0')]),
  [field, '', becomes(undefined)] as const,
  [field, 'perhaps', refused] as const,
  [field, '2', refused] as const,
]);

const TABLE: readonly Row[] = [
  ...SIRETS,
  ...POSTCODES,
  ...COUNTRIES,
  ...VAT_NUMBERS,
  ...TEXTS,
  ...ADDRESSES,
  ...FLAGS,
];

describe.each(ENTRANCES)('$name', ({ name, judge }) => {
  const rows = name === 'the page' ? TABLE.map(onPage) : TABLE;

  test.each(rows)('%s: %j', async (field, written, expected, more = {}) => {
    const form = { ...registrationForm(), ...more, [field]: written } as Written;
    const judged = await judge(form, folder);
    // No other field is refused or gets a warning.
    expect([...judged.refused, ...judged.warned].filter((one) => one !== field)).toEqual([]);
    expect(outcomeOf(judged, field)).toEqual(expected);
  });
});

/** The page knows who fills in the form: it takes only fields that apply, and requires the SIRET of a business. */
function onPage([field, written, expected, more = {}]: Row): Row {
  if (field !== 'company_siret') return [field, written, expected, more];
  if (more['statut'] === 'particulier') return [field, written, becomes(undefined), more];
  const isMissing = expected !== 'refused' && expected.becomes === undefined;
  return [field, written, isMissing ? refused : expected, more];
}

function outcomeOf({ form, warned }: Judged, field: FormField): Expected {
  if (form === undefined) return 'refused';
  return { becomes: form[field], ...(warned.includes(field) && { doubtful: true }) };
}
