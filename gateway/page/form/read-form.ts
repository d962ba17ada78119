/** A posted form: what was typed, and what is wrong with it. */
import { createHash } from 'node:crypto';
import {
  FORM_FIELDS,
  registrationForm,
  registrationWarnings,
  type RegistrationForm,
} from '../../../client/index.ts';
import { wantsVatNumber } from './countries.ts';
import type { FormFault, FormWarning } from './faults.ts';
import { looksLikeSiret } from './siret.ts';

export type Field = keyof RegistrationForm;
export type Typed = Readonly<Partial<Record<Field, string>>>;

/** The hidden field that says which warnings were read and sent all the same. */
const ACKNOWLEDGED = 'acknowledged';

export type ReadForm =
  | { readonly kind: 'usable'; readonly typed: Typed; readonly form: RegistrationForm }
  | {
      readonly kind: 'faulty';
      readonly typed: Typed;
      readonly faults: ReadonlyMap<Field, FormFault>;
    }
  | {
      /** AR24 will probably refuse it, unless the person knows better. */
      readonly kind: 'doubtful';
      readonly typed: Typed;
      readonly warnings: ReadonlyMap<Field, FormWarning>;
      /** Comes back with the form that is to be sent like this. */
      readonly acknowledgement: string;
    };

const FIELDS = Object.keys(FORM_FIELDS).filter(isField);

function isField(name: string): name is Field {
  return Object.hasOwn(FORM_FIELDS, name);
}

/** Never throws: a body is whatever somebody sent. Fields outside the fixed list are left aside. */
export function readForm(body: unknown): ReadForm {
  const posted = new Map(
    typeof body === 'object' && body !== null ? Object.entries(body) : undefined,
  );
  const typed = typedIn(posted);
  const parsed = registrationForm.safeParse(typed, { reportInput: false });
  if (!parsed.success) {
    return { kind: 'faulty', typed, faults: faultsIn(parsed.error.issues, typed) };
  }
  const warnings = warningsOf(parsed.data);
  const acknowledgement = acknowledgementOf(parsed.data, warnings);
  if (warnings.size > 0 && posted.get(ACKNOWLEDGED) !== acknowledgement) {
    return { kind: 'doubtful', typed, warnings, acknowledgement };
  }
  return { kind: 'usable', typed, form: parsed.data };
}

function typedIn(posted: ReadonlyMap<string, unknown>): Typed {
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = posted.get(field);
      return typeof value === 'string' ? [[field, value]] : [];
    }),
  );
}

const LONGEST = 200;
const CONTROL = /\p{Cc}/u;

interface Issue {
  readonly path: readonly PropertyKey[];
}

/** The schema says which fields are at fault; its words are for programmers, so what it is shows in the value. */
function faultsIn(issues: readonly Issue[], typed: Typed): ReadonlyMap<Field, FormFault> {
  const faulty = new Set(issues.map(({ path: [field] }) => field));
  return new Map(
    FIELDS.filter((field) => faulty.has(field)).map((field) => [field, faultIn(typed[field])]),
  );
}

function faultIn(value: string | undefined): FormFault {
  const written = (value ?? '').trim();
  if (written === '') return 'missing';
  if (CONTROL.test(written)) return 'one-line';
  return Array.from(written).length > LONGEST ? 'too-long' : 'wrong';
}

function warningsOf(form: RegistrationForm): ReadonlyMap<Field, FormWarning> {
  const warnings = new Map<Field, FormWarning>();
  const { company_siret: siret, company_tva: vat, country, statut } = form;
  if (registrationWarnings(form).length > 0) warnings.set('company_siret', 'siret-wanted');
  if (siret !== undefined && !looksLikeSiret(siret)) warnings.set('company_siret', 'siret-check');
  const isBusiness = statut === 'professionnel' || statut === 'administration';
  if (isBusiness && vat === undefined && wantsVatNumber(country)) {
    warnings.set('company_tva', 'vat-wanted');
  }
  return warnings;
}

/** Of these very entries: another wrong number is warned of again. */
function acknowledgementOf(
  { company_siret: siret, company_tva: vat, country, statut }: RegistrationForm,
  warnings: ReadonlyMap<Field, FormWarning>,
): string {
  const what = JSON.stringify([[...warnings.values()], siret, vat, country, statut]);
  return createHash('sha256').update(what).digest('base64url').slice(0, 16);
}
