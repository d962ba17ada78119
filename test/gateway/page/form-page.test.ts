/** The form as the page shows it. No Temporal is needed. */
import { describe, expect, it } from '@jest/globals';
import { FORM_FIELDS } from '../../../client/index.ts';
import { countriesIn } from '../../../gateway/page/form/countries.ts';
import type { TypedValues } from '../../../gateway/page/form/fields.ts';
import {
  formOnPage,
  type FormOnPage,
  type FormState,
} from '../../../gateway/page/form/form-page.ts';
import { readForm } from '../../../gateway/page/form/read-form.ts';
import { WORDS } from '../../../gateway/page/words/index.ts';
import { registrationForm } from '../../support/people.ts';

type Fresh = Extract<FormState, { kind: 'fresh' }>;

const posted = (fields: object = {}) => ({ ...registrationForm(), ...fields });

const PROFESSIONAL = { statut: 'professionnel' };

describe('the form on the page', () => {
  const shown = (typed: TypedValues, state: Partial<Fresh> = {}) =>
    formOnPage({ kind: 'fresh', fieldErrors: [], typed, ...state }, WORDS.en);
  const namesIn = ({ groups }: FormOnPage) =>
    groups.flatMap(({ fields }) => fields.map(({ name }) => name));

  it('asks first who signs up, and then only for what applies', () => {
    expect(namesIn(shown({}))).toEqual(['statut', 'country']);
    const ofPerson = ['gender', 'firstname', 'lastname', 'address1', 'address2', 'zipcode', 'city'];
    const invoices = ['notif_billing', 'billing_email'];
    expect(namesIn(shown({ statut: 'particulier' }))).toEqual([...ofPerson, ...invoices]);
    const business = shown({ statut: 'professionnel' });
    expect(namesIn(business)).toEqual([
      ...['company_siret', 'company', 'company_tva', 'is_legal_entity'],
      ...[...ofPerson, ...invoices],
    ]);
    expect(namesIn(shown({ statut: 'professionnel', country: 'BE' }))).not.toContain(
      'company_siret',
    );
    // Every field of the list is asked for, and no other.
    const all = [...namesIn(shown({})), ...namesIn(business)];
    expect(all.toSorted()).toEqual(Object.keys(FORM_FIELDS).toSorted());
  });

  it.each([
    ['professionnel', 'FR', ['yes', 'no'], ['no', 'yes']],
    ['administration', 'MQ', ['yes', 'no'], ['no', 'yes']],
    ['association', 'FR', ['no', 'yes'], ['no', 'yes']],
    ['professionnel', 'NC', ['no', 'no'], ['no', 'yes']],
    ['professionnel', 'DE', undefined, ['no', 'no']],
    ['association', 'DE', undefined, ['no', 'yes']],
    ['professionnel', 'CH', undefined, ['no', 'yes']],
  ])(
    'says of %s in %s which numbers are required, and which optional',
    (statut, country, siret, vat) => {
      const { groups } = shown({ statut, country });
      const all = groups.flatMap(({ fields }) => fields);
      const saysOf = (field: string) => {
        const found = all.find(({ name }) => name === field);
        return found && [found.required, found.optional];
      };
      expect([saysOf('company'), saysOf('company_siret'), saysOf('company_tva')]).toEqual([
        ['yes', 'no'],
        siret,
        vat,
      ]);
    },
  );

  it('keeps the entries that a step does not show, and sends those that apply', () => {
    const typed = { statut: 'particulier', company: 'Ateliers', city: 'Lyon' };
    expect(shown(typed, { step: 'kind' }).hidden).toEqual([
      { name: 'company', value: 'Ateliers' },
      { name: 'city', value: 'Lyon' },
    ]);
    expect(shown(typed).hidden).toEqual([
      { name: 'statut', value: 'particulier' },
      { name: 'country', value: 'FR' },
      { name: 'company', value: 'Ateliers' },
    ]);
    const read = readForm(posted({ statut: 'particulier', is_legal_entity: '1' }));
    expect(Object.keys(read.kind === 'usable' ? read.form : {})).not.toContain('company');
    expect(read.typed).toMatchObject({ company: 'Ateliers Brûlé & Fils', is_legal_entity: '1' });
  });

  it('begins with what the partner knows, until the person has typed something', () => {
    const prefill = { statut: 'association', city: 'Lyon', is_legal_entity: '1' };
    const valueOf = ({ groups }: FormOnPage, field: string) =>
      groups.flatMap(({ fields }) => fields).find(({ name }) => name === field)?.value;
    const begun = shown({}, { prefill });
    expect([begun.step, valueOf(begun, 'city'), valueOf(begun, 'is_legal_entity')]).toEqual([
      'details',
      'Lyon',
      '1',
    ]);
    const changed = shown({ statut: 'association', city: '' }, { prefill });
    expect([valueOf(changed, 'city'), valueOf(changed, 'is_legal_entity')]).toEqual(['', '']);
  });

  it('lists the faults in the order of the page, in sentences', () => {
    const read = readForm({ statut: 'professionnel', country: 'FR', zipcode: '1000' });
    if (read.kind !== 'faulty') throw new Error(read.kind);
    expect(formOnPage(read, WORDS.fr).summary?.items).toEqual([
      { text: 'Indiquez les 14 chiffres du SIRET.', href: '#f-company_siret' },
      { text: 'Indiquez le nom de l’organisation.', href: '#f-company' },
      { text: 'Choisissez votre civilité.', href: '#f-gender-0' },
      { text: 'Indiquez votre prénom.', href: '#f-firstname' },
      { text: 'Indiquez votre nom.', href: '#f-lastname' },
      { text: 'Indiquez votre adresse.', href: '#f-address1' },
      {
        text: 'Indiquez un code postal à 5 chiffres. S’il commence par un zéro, saisissez-le aussi.',
        href: '#f-zipcode',
      },
      { text: 'Indiquez votre ville.', href: '#f-city' },
    ]);
  });

  it.each([
    ['FR', '5 digits'],
    ['MC', '5 digits'],
    ['AE', 'If your address has no postcode, enter 00000.'],
    ['DE', ''],
  ])('explains the postcode in %s', (country, hint) => {
    const { groups } = shown({ statut: 'particulier', country });
    const [zipcode] = groups.flatMap(({ fields }) =>
      fields.filter(({ name }) => name === 'zipcode'),
    );
    expect(zipcode?.hint).toBe(hint);
    const abroad = posted({ statut: 'particulier', country: 'AE', zipcode: '00000' });
    expect(readForm(abroad).kind).toBe('usable');
  });

  it("shows AR24's refusal at its field, says which text is lost, and leads there", () => {
    const fieldErrors = [
      { field: 'company_siret', slug: 'error_company_siret' },
      { field: 'zipcode', slug: 'a_slug_that_nobody_knows' },
      { field: 'form', slug: 'user_not_created' },
    ] as const;
    const state = { kind: 'fresh', fieldErrors, typed: {}, prefill: PROFESSIONAL } as const;
    const { summary, groups } = formOnPage(state, WORDS.en);
    expect(summary?.title).toBe('AR24 did not accept your details');
    expect(summary?.intro).toContain('no longer in this browser');
    expect(summary?.items.map(({ href }) => href)).toEqual([
      '#f-company_siret',
      '#f-zipcode',
      '#registration',
    ]);
    const faults = groups.flatMap(({ fields }) => fields.filter(({ fault }) => fault !== ''));
    expect(faults.map(({ name, fault }) => [name, fault])).toEqual([
      ['company_siret', 'AR24 finds no organisation with this SIRET. Check its 14 digits.'],
      ['zipcode', 'AR24 does not accept this entry. Check it.'],
    ]);
  });

  it.each([
    ['particulier', 'user_not_created', /the postcode and the town/, /organisation|SIRET/],
    ['professionnel', 'user_not_created', /numbers of your organisation and its postcode/, /town/],
    [undefined, 'user_not_created', /every field, especially the postcode/, /organisation/],
    [
      'particulier',
      'a_slug_that_nobody_knows',
      /the postcode and the town/,
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
