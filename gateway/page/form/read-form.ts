/** Reads a posted form: its entries, and their faults. */
import { createHash } from 'node:crypto';
import {
  registrationForm,
  registrationWarnings,
  type RegistrationForm,
} from '../../../client/index.ts';
import { RULES, type Rule } from '../../../client/schemas/form/rules.ts';
import { asSeen, holdsInvisible } from '../../../client/schemas/invisible.ts';
import { hasLostLetter } from '../../../client/schemas/text.ts';
import type { FieldFault, FormFault } from './faults.ts';
import { applicable, FIELDS, needOf, type FieldName, type TypedValues } from './fields.ts';

/** The hidden field with the warnings that the person has seen before sending the form again. */
const ACKNOWLEDGED = 'acknowledged';

export type ReadForm =
  | { readonly kind: 'usable'; readonly typed: TypedValues; readonly form: RegistrationForm }
  | {
      readonly kind: 'faulty';
      readonly typed: TypedValues;
      readonly faults: ReadonlyMap<FieldName, FieldFault>;
    }
  | {
      /** AR24 will probably refuse it. The person may send it all the same. */
      readonly kind: 'doubtful';
      readonly typed: TypedValues;
      readonly warnings: ReadonlyMap<FieldName, Rule>;
      /** The form has it when it is sent again with the same entries. */
      readonly acknowledgement: string;
    };

/** Never throws, as a body may be anything. Ignores unknown fields, and entries that do not apply. */
export function readForm(body: unknown): ReadForm {
  const posted = fieldsIn(body);
  const typed = typedIn(posted);
  const applied = applicable(typed);
  const parsed = registrationForm.safeParse(applied, { reportInput: false });
  const issues = parsed.success ? [] : parsed.error.issues;
  const faults = faultsIn([...issues, ...missingIn(applied)], applied);
  if (!parsed.success || faults.size > 0) return { kind: 'faulty', typed, faults };
  const warnings = new Map(
    registrationWarnings(parsed.data).map(({ path, rule }) => [path, rule] as const),
  );
  const acknowledgement = acknowledgementOf(parsed.data, warnings);
  if (warnings.size > 0 && posted.get(ACKNOWLEDGED) !== acknowledgement) {
    return { kind: 'doubtful', typed, warnings, acknowledgement };
  }
  return { kind: 'usable', typed, form: parsed.data };
}

export function fieldsIn(body: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof body === 'object' && body !== null ? Object.entries(body) : undefined);
}

/** The fields of the form among the posted ones. */
export function typedIn(posted: ReadonlyMap<string, unknown>): TypedValues {
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = posted.get(field);
      return typeof value === 'string' ? [[field, value]] : [];
    }),
  );
}

const LONGEST = 200;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** An issue of zod. Issues of the table of rules name their rule. */
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** Fields that the API accepts a form without, and the page does not: it knows who fills it in. */
function missingIn(typed: TypedValues): readonly Issue[] {
  return FIELDS.filter(
    (field) => needOf(field, typed) === 'required' && asSeen(typed[field] ?? '') === '',
  ).map((field) => ({ path: [field] }));
}

/**
 * The schema finds the faulty fields. Its messages are for programmers, so the fault is derived from the value.
 *
 * @returns in the order of the page
 */
function faultsIn(
  issues: readonly Issue[],
  typed: TypedValues,
): ReadonlyMap<FieldName, FieldFault> {
  const faulty = new Map(issues.map(({ path: [field], params }) => [field, params?.['rule']]));
  return new Map(
    FIELDS.filter((field) => faulty.has(field)).map((field) => {
      const rule = faulty.get(field);
      return [field, isRule(rule) ? rule : faultIn(typed[field])];
    }),
  );
}

function isRule(rule: unknown): rule is Rule {
  return typeof rule === 'string' && Object.hasOwn(RULES, rule);
}

function faultIn(value = ''): FormFault {
  const written = asSeen(value);
  if (written === '') return 'missing';
  if (CONTROL.test(written) || hasLostLetter(written) || holdsInvisible(value)) return 'one-line';
  return Array.from(written).length > LONGEST ? 'too-long' : 'wrong';
}

/** Identifies warnings and entries: another wrong number causes a new warning. */
function acknowledgementOf(form: RegistrationForm, warnings: ReadonlyMap<FieldName, Rule>): string {
  const { country, statut } = form;
  const doubtful = [...warnings].map(([field, rule]) => [field, rule, form[field]]);
  const what = JSON.stringify([doubtful, country, statut]);
  return createHash('sha256').update(what).digest('base64url').slice(0, 16);
}
