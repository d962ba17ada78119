/** The form as it is posted. No Temporal is needed. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FORM_FIELDS } from '../../../client/index.ts';
import { formOnPage } from '../../../gateway/page/form/form-page.ts';
import { readForm } from '../../../gateway/page/form/read-form.ts';
import { WORDS } from '../../../gateway/page/words/index.ts';
import { draws } from '../../support/draws.ts';
import { registrationForm } from '../../support/people.ts';

const posted = (fields: object = {}) => ({ ...registrationForm(), ...fields });

/** Faults, or else warnings. */
function warningsIn(body: object): unknown {
  const read = readForm(body);
  if (read.kind === 'faulty') return Object.fromEntries(read.faults);
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
    const wrong = posted({ company_tva: 'FR41732829320' });
    const first = readForm(wrong);
    expect(warningsIn(wrong)).toEqual({ company_tva: 'vat-key' });
    const acknowledged = first.kind === 'doubtful' ? first.acknowledgement : '';
    expect(readForm({ ...wrong, acknowledged }).kind).toBe('usable');
    // Another wrong number is another warning.
    expect(warningsIn({ ...wrong, company_tva: 'BE0403170701', acknowledged })).toEqual({
      company_tva: 'vat-country',
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
    ['a business in France without a SIRET', { company_siret: '' }, { company_siret: 'missing' }],
    [
      'a business overseas',
      { company_siret: '', country: 'RE', zipcode: '97400' },
      { company_siret: 'missing' },
    ],
    [
      'a business in New Caledonia, where companies have other numbers',
      { company_siret: '', country: 'NC', zipcode: '98800' },
      { company_siret: 'siret-wanted' },
    ],
    ['an organisation without a name', { company: ' ' }, { company: 'missing' }],
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
