/** The registration form as the page shows it, made from the one list of fields. */
import { FORM_FIELDS, type FieldError } from '../../../client/index.ts';
import type { PageWords } from '../words/page-words.ts';
import { countriesIn, FRANCE } from './countries.ts';
import { knownSlug } from './slugs.ts';
import type { Field, ReadForm, Typed } from './read-form.ts';

/** What is there to be told of the entries. */
export type FormState =
  | Exclude<ReadForm, { kind: 'usable' }>
  /** As it is first seen, with what AR24 refused the last time. */
  | { readonly kind: 'fresh'; readonly fieldErrors: readonly FieldError[] }
  /** AR24 has just refused it, as it was filled in. */
  | {
      readonly kind: 'refused';
      readonly fieldErrors: readonly FieldError[];
      readonly typed: Typed;
    }
  /** Right, but nobody took it. */
  | { readonly kind: 'undelivered'; readonly typed: Typed };

export interface FieldOnPage {
  readonly name: Field;
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: 'text' | 'email' | 'choice' | 'list' | 'tick';
  readonly optional: 'yes' | 'no';
  readonly value: string;
  readonly fault: string;
  readonly describedBy: string;
  readonly autocomplete: string;
  readonly inputmode: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface FormOnPage {
  readonly summary: {
    readonly title: string;
    readonly intro: string;
    readonly items: readonly { readonly text: string; readonly href: string }[];
  } | null;
  readonly groups: readonly {
    readonly name: string;
    readonly title: string;
    readonly hint: string;
    readonly fields: readonly FieldOnPage[];
  }[];
  readonly acknowledgement: string;
  readonly send: string;
}

/** How each field is filled in. Every field of the form has to be here. */
const INPUT: Readonly<
  Record<Field, Pick<FieldOnPage, 'kind'> & { autocomplete?: string; inputmode?: string }>
> = {
  statut: { kind: 'choice' },
  gender: { kind: 'choice' },
  firstname: { kind: 'text', autocomplete: 'given-name' },
  lastname: { kind: 'text', autocomplete: 'family-name' },
  address1: { kind: 'text', autocomplete: 'address-line1' },
  address2: { kind: 'text', autocomplete: 'address-line2' },
  zipcode: { kind: 'text', autocomplete: 'postal-code' },
  city: { kind: 'text', autocomplete: 'address-level2' },
  country: { kind: 'list', autocomplete: 'country' },
  company: { kind: 'text', autocomplete: 'organization' },
  company_siret: { kind: 'text', autocomplete: 'off', inputmode: 'numeric' },
  company_tva: { kind: 'text', autocomplete: 'off' },
  is_legal_entity: { kind: 'tick' },
  notif_billing: { kind: 'tick' },
  billing_email: { kind: 'email', autocomplete: 'email', inputmode: 'email' },
};

const GROUPS = {
  person: ['statut', 'gender', 'firstname', 'lastname'],
  organisation: ['company', 'company_siret', 'company_tva', 'is_legal_entity'],
  address: ['address1', 'address2', 'zipcode', 'city', 'country'],
  invoices: ['notif_billing', 'billing_email'],
} as const satisfies Readonly<Record<keyof PageWords['form']['group'], readonly Field[]>>;

const idOf = (field: Field) => `f-${field}`;

export function formOnPage(state: FormState, words: PageWords): FormOnPage {
  const { form } = words;
  const told = toldOf(state, words);
  const typed = 'typed' in state ? state.typed : {};
  return {
    summary: summaryOf(state, told, words),
    groups: (['person', 'organisation', 'address', 'invoices'] as const).map((name) => ({
      name,
      title: form.group[name].title,
      hint: form.group[name].hint ?? '',
      fields: GROUPS[name].map((field) => fieldOnPage(field, typed, told, words)),
    })),
    acknowledgement: state.kind === 'doubtful' ? state.acknowledgement : '',
    send: state.kind === 'doubtful' ? form.sendAnyway : form.send,
  };
}

type ToldFields = ReadonlyMap<FieldError['field'], string>;

function toldOf(state: FormState, { form }: PageWords): ToldFields {
  switch (state.kind) {
    case 'faulty':
      return new Map(
        [...state.faults].map(([field, fault]) => [
          field,
          form.fault[fault](form.field[field].label),
        ]),
      );
    case 'doubtful':
      return new Map([...state.warnings].map(([field, warning]) => [field, form.warning[warning]]));
    case 'fresh':
    case 'refused':
      return new Map(
        state.fieldErrors.map(({ field, slug }) => {
          const known = knownSlug(slug);
          return [field, known === undefined ? form.unknownSlug : form.slug[known]];
        }),
      );
    case 'undelivered':
      return new Map();
  }
}

function summaryOf(state: FormState, told: ToldFields, { form }: PageWords): FormOnPage['summary'] {
  if (state.kind === 'undelivered') {
    return { title: form.undelivered, intro: '', items: [] };
  }
  if (told.size === 0) return null;
  const title = {
    faulty: form.faultsTitle,
    doubtful: form.warningsTitle,
    fresh: form.refusedTitle,
    refused: form.refusedTitle,
  };
  const items = [...told].map(([field, text]) => ({ text, href: hrefOf(field) }));
  return {
    title: title[state.kind],
    // Unless AR24 took so long that what was typed is gone.
    intro: state.kind === 'fresh' ? form.refusedIntro : '',
    items,
  };
}

function hrefOf(field: FieldError['field']): string {
  if (field === 'form' || field === 'email') return '#form';
  // A choice has no field of its own: its first answer is meant.
  return INPUT[field].kind === 'choice' ? `#${idOf(field)}-0` : `#${idOf(field)}`;
}

function fieldOnPage(field: Field, typed: Typed, told: ToldFields, words: PageWords): FieldOnPage {
  const { label, hint = '' } = words.form.field[field];
  const { kind, autocomplete = '', inputmode = '' } = INPUT[field];
  const fault = told.get(field) ?? '';
  const id = idOf(field);
  const described = [
    ...(hint === '' ? [] : [`${id}-hint`]),
    ...(fault === '' ? [] : [`${id}-fault`]),
  ];
  return {
    ...{ name: field, id, label, hint, kind, fault, autocomplete, inputmode },
    optional: FORM_FIELDS[field] === 'optional' && kind !== 'tick' ? 'yes' : 'no',
    value: typed[field] ?? (field === 'country' ? FRANCE : ''),
    describedBy: described.join(' '),
    options: optionsOf(field, words),
  };
}

function optionsOf(field: Field, { form, locale }: PageWords): FieldOnPage['options'] {
  const listed = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }));
  if (field === 'gender') return listed(form.gender);
  if (field === 'statut') return listed(form.statut);
  return field === 'country'
    ? countriesIn(locale).map(({ code, name }) => ({ value: code, label: name }))
    : [];
}
