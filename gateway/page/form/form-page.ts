/** The registration form as the page shows it. */
import type { FieldError } from '../../../client/index.ts';
import type { Found } from '../company/look-up.ts';
import type { PageWords } from '../words/page-words.ts';
import { fieldOnPage, type FieldOnPage } from './field-on-page.ts';
import { FIELDS, FRANCE, GROUPS, needOf, STEPS } from './fields.ts';
import type { FieldName, FormStep, GroupName, TypedValues } from './fields.ts';
import { isFormFault, knownSlug } from './faults.ts';
import type { ReadForm } from './read-form.ts';

/** The state of the entries, which decides the messages of the form. */
export type FormState =
  | Exclude<ReadForm, { kind: 'usable' }>
  /** A visit, with AR24's last refusal, and the entries so far. */
  | {
      readonly kind: 'fresh';
      readonly fieldErrors: readonly FieldError[];
      readonly typed: TypedValues;
      /** The partner's entries: the form begins with them. */
      readonly prefill?: TypedValues | undefined;
      /** Default: the details, if the person has said who they are. */
      readonly step?: FormStep | undefined;
    }
  /** AR24 has just refused these entries. */
  | {
      readonly kind: 'refused';
      readonly fieldErrors: readonly FieldError[];
      readonly typed: TypedValues;
    }
  /** The company was looked up by its SIRET. */
  | { readonly kind: 'looked-up'; readonly result: Found['kind']; readonly typed: TypedValues }
  /** Valid, but Temporal or the workers are unavailable. */
  | { readonly kind: 'undelivered'; readonly typed: TypedValues };

export interface FormOnPage {
  readonly step: FormStep;
  readonly title: string;
  readonly summary: {
    readonly tone: 'bad' | 'good' | 'note';
    readonly title: string;
    readonly intro: string;
    readonly items: readonly { readonly text: string; readonly href: string }[];
  } | null;
  /** Who the person says they are, in the second step. */
  readonly chosen: string;
  readonly groups: readonly {
    readonly name: GroupName;
    readonly title: string;
    readonly fields: readonly FieldOnPage[];
  }[];
  /** The entries that this step does not show. */
  readonly hidden: readonly { readonly name: FieldName; readonly value: string }[];
  readonly acknowledgement: string;
  readonly send: string;
}

/** @param mayLookUp whether the page offers to look up a company */
export function formOnPage(
  state: FormState,
  words: PageWords,
  mayLookUp: 'yes' | 'no' = 'no',
): FormOnPage {
  const { form } = words;
  const typed = entriesOf(state);
  const messages = messagesOf(state, typed, words);
  const step = stepOf(state, typed, messages);
  const groups = STEPS[step]
    .map((name) => ({
      name,
      title: form.group[name],
      fields: GROUPS[name]
        .filter((field) => needOf(field, typed) !== 'none' || messages.has(field))
        .map((field) => fieldOnPage(field, typed, messages.get(field) ?? '', words, mayLookUp)),
    }))
    .filter(({ fields }) => fields.length > 0);
  const shown = new Set(groups.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const ofStep = [...messages].filter(
    ([field]) => field === 'form' || field === 'email' || shown.has(field),
  );
  return {
    step,
    title: form.stepTitle[step],
    summary: summaryOf(state, ofStep, words),
    chosen: step === 'details' ? chosenIn(typed, words) : '',
    groups,
    hidden: FIELDS.filter((name) => !shown.has(name)).flatMap((name) => {
      const value = typed[name] ?? '';
      return value === '' ? [] : [{ name, value }];
    }),
    acknowledgement: state.kind === 'doubtful' ? state.acknowledgement : '',
    send: step === 'kind' ? form.goOn : state.kind === 'doubtful' ? form.sendAnyway : form.send,
  };
}

function entriesOf(state: FormState): TypedValues {
  const prefill = state.kind === 'fresh' ? state.prefill : undefined;
  const typed = isEmpty(state.typed) ? (prefill ?? {}) : state.typed;
  return { ...typed, country: typed.country ?? FRANCE };
}

function isEmpty(typed: TypedValues): boolean {
  return Object.keys(typed).length === 0;
}

type Messages = ReadonlyMap<FieldError['field'], string>;

function stepOf(state: FormState, { statut }: TypedValues, messages: Messages): FormStep {
  if (statut === undefined || statut === '') return 'kind';
  if (state.kind === 'fresh' && state.step !== undefined) return state.step;
  return messages.has('statut') || messages.has('country') ? 'kind' : 'details';
}

/** In the order of the page. */
function messagesOf(state: FormState, typed: TypedValues, { form }: PageWords): Messages {
  switch (state.kind) {
    case 'faulty':
      return new Map(
        [...state.faults].map(([field, fault]) => {
          const words = form.field[field];
          return [field, isFormFault(fault) ? form.fault[fault](words) : form.rule[fault](words)];
        }),
      );
    case 'doubtful':
      return new Map(
        [...state.warnings].map(([field, rule]) => [field, form.rule[rule](form.field[field])]),
      );
    case 'fresh':
    case 'refused': {
      const refused = new Map(
        state.fieldErrors.map((error) => [error.field, refusalOf(error, typed, form)]),
      );
      const inOrder = [...FIELDS, 'email', 'form'] as const;
      return new Map(
        inOrder.flatMap((field) => {
          const text = refused.get(field);
          return text === undefined ? [] : [[field, text]];
        }),
      );
    }
    case 'looked-up':
    case 'undelivered':
      return new Map();
  }
}

function refusalOf(
  { field, slug }: FieldError,
  { statut }: TypedValues,
  form: PageWords['form'],
): string {
  const known = knownSlug(slug);
  if (known === 'user_not_created' || (known === undefined && field === 'form')) {
    // Private persons see no fields of organisations, so their message does not mention these.
    const who = statut === undefined ? 'unknown' : 'organisation';
    return form.notCreated[statut === 'particulier' ? 'individual' : who];
  }
  return known === undefined ? form.unknownSlug : form.slug[known];
}

function summaryOf(
  state: FormState,
  messages: readonly (readonly [FieldError['field'], string])[],
  { form }: PageWords,
): FormOnPage['summary'] {
  if (state.kind === 'undelivered') {
    return { tone: 'bad', title: form.undelivered, intro: '', items: [] };
  }
  if (state.kind === 'looked-up') {
    const tone = state.result === 'found' ? 'good' : 'note';
    return { tone, title: form.lookedUp[state.result], intro: '', items: [] };
  }
  if (messages.length === 0) return null;
  const title = {
    faulty: form.faultsTitle,
    doubtful: form.warningsTitle,
    fresh: form.refusedTitle,
    refused: form.refusedTitle,
  };
  return {
    tone: 'bad',
    title: title[state.kind],
    // Another browser sent it, or AR24 answered after the entries had expired.
    intro: isEmpty(state.typed) ? form.refusedIntro : '',
    items: messages.map(([field, text]) => ({ text, href: hrefOf(field) })),
  };
}

function hrefOf(field: FieldError['field']): string {
  if (field === 'form' || field === 'email') return '#registration';
  // A choice has no element of its own, so the link leads to its first option.
  return field === 'statut' || field === 'gender' ? `#f-${field}-0` : `#f-${field}`;
}

function chosenIn({ statut = '', country = '' }: TypedValues, { form, locale }: PageWords): string {
  const kind = Object.entries(form.statut).find(([value]) => value === statut)?.[1] ?? '';
  const name = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const place = /^[A-Z]{2}$/.test(country) ? name.of(country) : undefined;
  return [kind, place ?? ''].filter((part) => part !== '').join(', ');
}
