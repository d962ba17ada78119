/** The registration form as the page shows it. */
import { FORM_FIELDS, type FieldError } from '../../../client/index.ts';
import type { PageWords } from '../words/page-words.ts';
import { countriesIn, FRANCE } from './countries.ts';
import { isFormFault, knownSlug } from './faults.ts';
import type { FieldName, ReadForm, TypedValues } from './read-form.ts';

/** The state of the entries, which decides the messages of the form. */
export type FormState =
  | Exclude<ReadForm, { kind: 'usable' }>
  /** A new visit, with AR24's last refusal, and the entries that the browser has kept. */
  | {
      readonly kind: 'fresh';
      readonly fieldErrors: readonly FieldError[];
      readonly typed: TypedValues;
    }
  /** AR24 has just refused these entries. */
  | {
      readonly kind: 'refused';
      readonly fieldErrors: readonly FieldError[];
      readonly typed: TypedValues;
    }
  /** Valid, but Temporal or the workers are unavailable. */
  | { readonly kind: 'undelivered'; readonly typed: TypedValues };

export interface FieldOnPage {
  readonly name: FieldName;
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

/** The input of each field. The type requires every field of the form. */
const INPUT: Readonly<
  Record<FieldName, Pick<FieldOnPage, 'kind'> & { autocomplete?: string; inputmode?: string }>
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
} as const satisfies Readonly<Record<keyof PageWords['form']['group'], readonly FieldName[]>>;

const idOf = (field: FieldName) => `f-${field}`;

export function formOnPage(state: FormState, words: PageWords): FormOnPage {
  const { form } = words;
  const messages = messagesOf(state, words);
  const { typed } = state;
  return {
    summary: summaryOf(state, messages, words),
    groups: (['person', 'organisation', 'address', 'invoices'] as const).map((name) => ({
      name,
      title: form.group[name].title,
      hint: form.group[name].hint ?? '',
      fields: GROUPS[name].map((field) => fieldOnPage(field, typed, messages, words)),
    })),
    acknowledgement: state.kind === 'doubtful' ? state.acknowledgement : '',
    send: state.kind === 'doubtful' ? form.sendAnyway : form.send,
  };
}

type Messages = ReadonlyMap<FieldError['field'], string>;

function messagesOf(state: FormState, { form }: PageWords): Messages {
  switch (state.kind) {
    case 'faulty':
      return new Map(
        [...state.faults].map(([field, fault]) => {
          const { label } = form.field[field];
          return [field, isFormFault(fault) ? form.fault[fault](label) : form.rule[fault](label)];
        }),
      );
    case 'doubtful':
      return new Map(
        [...state.warnings].map(([field, rule]) => [
          field,
          form.rule[rule](form.field[field].label),
        ]),
      );
    case 'fresh':
    case 'refused':
      return new Map(
        state.fieldErrors.map(({ field, slug }) => {
          const known = knownSlug(slug);
          if (known === 'user_not_created' || (known === undefined && field === 'form')) {
            return [field, form.notCreated[whoSigns(state.typed)]];
          }
          return [field, known === undefined ? form.unknownSlug : form.slug[known]];
        }),
      );
    case 'undelivered':
      return new Map();
  }
}

/** Private persons see no fields of organisations, so their message does not mention these. */
function whoSigns({ statut }: TypedValues): 'individual' | 'organisation' | 'unknown' {
  if (statut === undefined) return 'unknown';
  return statut === 'particulier' ? 'individual' : 'organisation';
}

function summaryOf(
  state: FormState,
  messages: Messages,
  { form }: PageWords,
): FormOnPage['summary'] {
  if (state.kind === 'undelivered') {
    return { title: form.undelivered, intro: '', items: [] };
  }
  if (messages.size === 0) return null;
  const title = {
    faulty: form.faultsTitle,
    doubtful: form.warningsTitle,
    fresh: form.refusedTitle,
    refused: form.refusedTitle,
  };
  const items = [...messages].map(([field, text]) => ({ text, href: hrefOf(field) }));
  return {
    title: title[state.kind],
    // Another browser sent it, or AR24 answered after the entries had expired.
    intro: Object.keys(state.typed).length === 0 ? form.refusedIntro : '',
    items,
  };
}

function hrefOf(field: FieldError['field']): string {
  if (field === 'form' || field === 'email') return '#form';
  // A choice has no element of its own, so the link leads to its first option.
  return INPUT[field].kind === 'choice' ? `#${idOf(field)}-0` : `#${idOf(field)}`;
}

function fieldOnPage(
  field: FieldName,
  typed: TypedValues,
  messages: Messages,
  words: PageWords,
): FieldOnPage {
  const { label, hint = '' } = words.form.field[field];
  const { kind, autocomplete = '', inputmode = '' } = INPUT[field];
  const fault = messages.get(field) ?? '';
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

function optionsOf(field: FieldName, { form, locale }: PageWords): FieldOnPage['options'] {
  const listed = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }));
  if (field === 'gender') return listed(form.gender);
  if (field === 'statut') return listed(form.statut);
  return field === 'country'
    ? countriesIn(locale).map(({ code, name }) => ({ value: code, label: name }))
    : [];
}
