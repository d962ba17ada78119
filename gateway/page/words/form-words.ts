import type { RegistrationForm } from '../../../client/index.ts';
import type { FormFault, FormWarning } from '../form/faults.ts';
import type { Slug } from '../form/slugs.ts';

export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
}

type Field = keyof RegistrationForm;

export interface FormWords {
  readonly title: string;
  readonly intro: string;
  readonly optional: string;
  readonly field: Readonly<Record<Field, FieldWords>>;
  readonly group: Readonly<
    Record<'person' | 'address' | 'organisation' | 'invoices', { title: string; hint?: string }>
  >;
  readonly gender: Readonly<Record<RegistrationForm['gender'], string>>;
  readonly statut: Readonly<Record<RegistrationForm['statut'], string>>;
  readonly choose: string;
  readonly send: string;
  readonly sendAnyway: string;
  readonly faultsTitle: string;
  readonly warningsTitle: string;
  /** Of a field by its label. */
  readonly fault: Readonly<Record<FormFault, (label: string) => string>>;
  readonly warning: Readonly<Record<FormWarning, string>>;
  readonly refusedTitle: string;
  /** Nothing that was typed is kept once it was sent. */
  readonly refusedIntro: string;
  readonly slug: Readonly<Record<Slug, string>>;
  readonly unknownSlug: string;
  readonly undelivered: string;
}
