/** The form as it is posted, and as it is shown again. No Temporal is needed. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FORM_FIELDS } from '../../../client/index.ts';
import { countriesIn } from '../../../gateway/page/form/countries.ts';
import { formOnPage } from '../../../gateway/page/form/form-page.ts';
import { readForm } from '../../../gateway/page/form/read-form.ts';
import { WORDS } from '../../../gateway/page/words/index.ts';
import { draws } from '../../support/draws.ts';
import { registrationForm } from '../../support/people.ts';

const posted = (fields: object = {}) => ({ ...registrationForm(), ...fields });

function warningsIn(body: object): unknown {
  const read = readForm(body);
  return read.kind === 'doubtful' ? Object.fromEntries(read.warnings) : read.kind;
}

describe('a posted form', () => {
  it('is read without surrounding blanks, and without fields outside the list', () => {
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

  it('gets a warning for a number that AR24 may refuse, and is accepted when it is sent again', () => {
    const wrong = posted({ statut: 'particulier', company_siret: '73282932000075' });
    const first = readForm(wrong);
    expect(warningsIn(wrong)).toEqual({ company_siret: 'siret-key' });
    const acknowledged = first.kind === 'doubtful' ? first.acknowledgement : '';
    expect(readForm({ ...wrong, acknowledged }).kind).toBe('usable');
    // Another wrong number is another warning.
    expect(warningsIn({ ...wrong, company_siret: '1234', acknowledged })).toEqual({
      company_siret: 'siret-form',
    });
  });

  it('is refused with the rule that each number breaks', () => {
    const read = readForm(
      posted({ company_siret: '732829320', zipcode: '1000', city: 'HÃ©lÃ¨ne' }),
    );
    expect(read.kind === 'faulty' ? Object.fromEntries(read.faults) : {}).toEqual({
      company_siret: 'siret-siren',
      zipcode: 'postcode-zero',
      city: 'double-encoded',
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
      { company_siret: '', country: 'RE', zipcode: '97400' },
      { company_siret: 'siret-wanted' },
    ],
    ['a business in Belgium', { company_siret: '', country: 'BE' }, { company_tva: 'vat-wanted' }],
    ['a business with a VAT number', { country: 'BE', company_tva: 'BE0403170701' }, 'usable'],
    ['a business in Switzerland', { company_siret: '', country: 'CH' }, 'usable'],
    ['a charity', { company_siret: '', statut: 'association' }, 'usable'],
    ['a private person', { company_siret: '', statut: 'particulier' }, 'usable'],
  ])('requires of %s what AR24 requires', (_who, fields, expected) => {
    expect(warningsIn(posted(fields))).toEqual(expected);
  });

  it('never throws, whatever it holds', () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.anything());
    const names = [...Object.keys(FORM_FIELDS), 'acknowledged', '__proto__', 'constructor'];
    const body = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...names), value));
    fc.assert(
      fc.property(body, (anything) => {
        const read = readForm(anything);
        expect(['usable', 'faulty', 'doubtful']).toContain(read.kind);
        if (read.kind !== 'usable') formOnPage(read, WORDS.fr);
      }),
      { numRuns: draws(2_000) },
    );
  });
});

describe('the form on the page', () => {
  it('shows every field of the list, and no other', () => {
    const { groups } = formOnPage({ kind: 'fresh', fieldErrors: [], typed: {} }, WORDS.en);
    const names = groups.flatMap(({ fields }) => fields.map(({ name }) => name));
    expect(names.toSorted()).toEqual(Object.keys(FORM_FIELDS).toSorted());
  });

  it("shows AR24's refusal at its field, says which text is lost, and leads there", () => {
    const fieldErrors = [
      { field: 'company_siret', slug: 'error_company_siret' },
      { field: 'zipcode', slug: 'a_slug_that_nobody_knows' },
      { field: 'form', slug: 'user_not_created' },
    ] as const;
    const { summary, groups } = formOnPage({ kind: 'fresh', fieldErrors, typed: {} }, WORDS.en);
    expect(summary?.title).toBe('AR24 did not accept your details');
    expect(summary?.intro).toContain('no longer here');
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

  it.each([
    ['particulier', 'user_not_created', /your postcode and town/, /organisation|SIRET/],
    ['professionnel', 'user_not_created', /numbers of your organisation and its postcode/, /town/],
    [undefined, 'user_not_created', /every entry, the postcode/, /organisation/],
    [
      'particulier',
      'a_slug_that_nobody_knows',
      /your postcode and town/,
      /organisation|this entry/,
    ],
  ])('shows %s a refusal that names no field (%s) in suitable words', (statut, slug, fits, not) => {
    const typed = statut === undefined ? {} : { statut };
    const fieldErrors = [{ field: 'form', slug }] as const;
    const { summary } = formOnPage({ kind: 'fresh', fieldErrors, typed }, WORDS.en);
    expect(summary?.items[0]?.text).toMatch(fits);
    expect(summary?.items[0]?.text).not.toMatch(not);
  });

  it('lists the countries by their names, France first', () => {
    const french = countriesIn('fr-FR').map(({ name }) => name);
    const english = countriesIn('en-GB').map(({ name }) => name);
    expect([french.length, french[0], french[1]]).toEqual([249, 'France', 'Afghanistan']);
    expect(english).toContain('Germany');
    expect(french.indexOf('Égypte')).toBeLessThan(french.indexOf('Espagne'));
  });
});
