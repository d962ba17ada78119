/** What to do with a posted form: show one of its steps again, or hand it in. */
import type { FieldError } from '../../../client/index.ts';
import { siretIn } from '../../../client/schemas/form/siret.ts';
import type { CompanyLookUp } from '../company/look-up.ts';
import { GROUPS, type FormStep } from './fields.ts';
import type { FormState } from './form-page.ts';
import { fieldsIn, readForm, typedIn, type ReadForm } from './read-form.ts';

export type Posted =
  | { readonly kind: 'show'; readonly status: 200 | 422; readonly form: FormState }
  | Extract<ReadForm, { kind: 'usable' }>;

interface Settings {
  /** AR24's last refusal, which the form keeps showing. */
  readonly fieldErrors: readonly FieldError[];
  readonly lookUp: CompanyLookUp | undefined;
}

/** Whether the person only changes the language, which sends nothing. */
export function isDraft(body: unknown): boolean {
  return fieldsIn(body).get('step') === 'draft';
}

/** @param body of any shape: never throws */
export async function answerTo(body: unknown, { fieldErrors, lookUp }: Settings): Promise<Posted> {
  const posted = fieldsIn(body);
  const at: FormStep = posted.get('at') === 'kind' ? 'kind' : 'details';
  const step = posted.get('step');
  const typed = typedIn(posted);
  const fresh = (there: FormStep): Posted => ({
    kind: 'show',
    status: 200,
    form: { kind: 'fresh', fieldErrors, typed, step: there },
  });
  if (step === 'draft') return fresh(at);
  if (step === 'back') return fresh('kind');
  const read = readForm(body);
  if (step === 'look-up' && lookUp !== undefined) {
    const faulty = onlyOf(read, ['company_siret']);
    if (faulty !== undefined) return { kind: 'show', status: 422, form: faulty };
    const found = await lookUp(siretIn(typed.company_siret ?? ''));
    const filled = found.kind === 'found' ? { ...typed, ...found.company } : typed;
    return {
      kind: 'show',
      status: 200,
      form: { kind: 'looked-up', result: found.kind, typed: filled },
    };
  }
  if (at === 'kind') {
    const faulty = onlyOf(read, GROUPS.kind);
    return faulty === undefined ? fresh('details') : { kind: 'show', status: 422, form: faulty };
  }
  return read.kind === 'usable' ? read : { kind: 'show', status: 422, form: read };
}

/** The faults of these fields, if they have any. */
function onlyOf(read: ReadForm, fields: readonly string[]): FormState | undefined {
  if (read.kind !== 'faulty') return undefined;
  const faults = new Map([...read.faults].filter(([field]) => fields.includes(field)));
  return faults.size === 0 ? undefined : { ...read, faults };
}
