/** The form as it is posted, and as it is shown again. No system is needed. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FORM_FIELDS } from '../../../client/index.ts';
import { countriesIn } from '../../../gateway/page/form/countries.ts';
import { formOnPage } from '../../../gateway/page/form/form-page.ts';
import { readForm } from '../../../gateway/page/form/read-form.ts';
import { looksLikeSiret } from '../../../gateway/page/form/siret.ts';
import { WORDS } from '../../../gateway/page/words/words.ts';
import { registrationForm } from '../../support/people.ts';

const posted = (fields: object = {}) => ({ ...registrationForm(), ...fields });

function warningsIn(body: object): unknown {
  const read = readForm(body);
  return read.kind === 'doubtful' ? Object.fromEntries(read.warnings) : read.kind;
}

describe('a posted form', () => {
  it('is read, with blanks taken off, and no field outside the list', () => {
    const read = readForm(
      posted({
        firstname: '  Zoé ',
        company_siret: '732 829 320 00074',
        address2: '',
        cgu: '1',
        confirmed: '1',
        email: 'other@example.org',
        custom_ref: 'other',
        password: 'secret',
        __proto__: { webhook: 'https://example.org' },
      }),
    );
    expect(read).toMatchObject({ kind: 'usable', form: registrationForm() });
    const form = read.kind === 'usable' ? read.form : {};
    expect(Object.keys(FORM_FIELDS)).toEqual(expect.arrayContaining(Object.keys(form)));
  });

  it('keeps what was typed and names each field at fault', () => {
    const read = readForm(
      posted({
        firstname: '  ',
        lastname: 'x'.repeat(201),
        city: 'Bourg\nen Bresse',
        country: 'France',
        gender: undefined,
        billing_email: 'not an address',
      }),
    );
    const faults = read.kind === 'faulty' ? Object.fromEntries(read.faults) : {};
    expect(faults).toEqual({
      firstname: 'missing',
      lastname: 'too-long',
      gender: 'missing',
      city: 'one-line',
      country: 'wrong',
      billing_email: 'wrong',
    });
    expect(read).toMatchObject({ typed: { country: 'France', billing_email: 'not an address' } });
  });

  it('is warned of a SIRET whose check digit is wrong, and taken when it comes again', () => {
    const wrong = posted({ company_siret: '73282932000075' });
    const first = readForm(wrong);
    expect(warningsIn(wrong)).toEqual({ company_siret: 'siret-check' });
    const acknowledged = first.kind === 'doubtful' ? first.acknowledgement : '';
    expect(readForm({ ...wrong, acknowledged }).kind).toBe('usable');
    // Another wrong number is another warning.
    expect(warningsIn({ ...wrong, company_siret: '1234', acknowledged })).toEqual({
      company_siret: 'siret-check',
    });
  });

  it.each([
    [
      'a business in France without a SIRET',
      { company_siret: '' },
      { company_siret: 'siret-wanted' },
    ],
    [
      'a business overseas',
      { company_siret: '', country: 'RE' },
      { company_siret: 'siret-wanted' },
    ],
    ['a business in Belgium', { company_siret: '', country: 'BE' }, { company_tva: 'vat-wanted' }],
    ['one with a VAT number', { country: 'BE', company_tva: 'BE0123456789' }, 'usable'],
    ['a business in Switzerland', { company_siret: '', country: 'CH' }, 'usable'],
    ['a charity', { company_siret: '', statut: 'association' }, 'usable'],
    ['somebody for himself', { company_siret: '', statut: 'particulier' }, 'usable'],
  ])('asks %s for what AR24 wants', (_who, fields, expected) => {
    expect(warningsIn(posted(fields))).toEqual(expected);
  });

  it('makes nothing throw, whatever it is', () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.anything());
    const names = [...Object.keys(FORM_FIELDS), 'acknowledged', '__proto__', 'constructor'];
    const body = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...names), value));
    fc.assert(
      fc.property(body, (anything) => {
        const read = readForm(anything);
        expect(['usable', 'faulty', 'doubtful']).toContain(read.kind);
        if (read.kind !== 'usable') formOnPage(read, WORDS.fr);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the form on the page', () => {
  it('offers every field of the one list, and no other', () => {
    const { groups } = formOnPage({ kind: 'fresh', fieldErrors: [] }, WORDS.en);
    const names = groups.flatMap(({ fields }) => fields.map(({ name }) => name));
    expect(names.toSorted()).toEqual(Object.keys(FORM_FIELDS).toSorted());
  });

  it('shows what AR24 refused at its field, says that nothing was kept, and leads there', () => {
    const fieldErrors = [
      { field: 'company_siret', slug: 'error_company_siret' },
      { field: 'zipcode', slug: 'a_slug_that_nobody_knows' },
      { field: 'form', slug: 'user_not_created' },
    ] as const;
    const { summary, groups } = formOnPage({ kind: 'fresh', fieldErrors }, WORDS.en);
    expect(summary?.title).toBe('AR24 did not accept your details');
    expect(summary?.intro).toContain('we do not keep what you typed');
    expect(summary?.items.map(({ href }) => href)).toEqual([
      '#f-company_siret',
      '#f-zipcode',
      '#form',
    ]);
    const faults = groups.flatMap(({ fields }) => fields.filter(({ fault }) => fault !== ''));
    expect(faults.map(({ name, fault }) => [name, fault])).toEqual([
      ['company_siret', 'SIRET number: AR24 finds no organisation with this number'],
      ['zipcode', 'AR24 does not accept this entry'],
    ]);
  });

  it('lists the countries by their names, France first', () => {
    const french = countriesIn('fr-FR').map(({ name }) => name);
    const english = countriesIn('en-GB').map(({ name }) => name);
    expect([french.length, french[0], french[1]]).toEqual([249, 'France', 'Afghanistan']);
    expect(english).toContain('Germany');
    expect(french.indexOf('Égypte')).toBeLessThan(french.indexOf('Espagne'));
  });
});

describe('the check digit of a SIRET', () => {
  it.each([
    ['a company', '73282932000074', true],
    ['La Poste, by its own rule', '35600000049837', true],
    ['one digit wrong', '73282932000075', false],
    ['two digits exchanged', '73289232000074', false],
    ['a SIREN', '732829320', false],
    ['letters', '7328293200007A', false],
  ])('of %s', (_whose, siret, expected) => {
    expect(looksLikeSiret(siret)).toBe(expected);
  });
});
