/** A sign-up: the arguments of an onboarding. */
import type { OptionalRequirement } from './requirements.ts';
import type { EmailHash, Reference } from './ids.ts';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Kind of client AR24 knows; decides which company fields it wants (ar24-api.md 3.1). */
export const STATUTS = ['particulier', 'professionnel', 'administration', 'association'] as const;
export type Statut = (typeof STATUTS)[number];

/**
 * The registration form: AR24's own parameters of `POST /user` that a person may fill in.
 * `email`, `custom_ref`, `cgu`, `confirmed`, `password` and `webhook` are not among them on purpose.
 */
export interface RegistrationForm {
  readonly firstname: string;
  readonly lastname: string;
  readonly gender: 'M' | 'F';
  readonly statut: Statut;
  readonly address1: string;
  readonly address2?: string | undefined;
  readonly zipcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly company?: string | undefined;
  readonly company_siret?: string | undefined;
  readonly company_tva?: string | undefined;
  readonly is_legal_entity?: '0' | '1' | undefined;
  readonly notif_billing?: '0' | '1' | undefined;
  readonly billing_email?: string | undefined;
}

export type FormField = keyof RegistrationForm;

/** The part of the form that the partner knows already. The person completes and corrects it. */
export type Prefill = {
  readonly [F in FormField]?: RegistrationForm[F] | undefined;
};

/** Every field, and whether AR24 always wants it. */
export const FORM_FIELDS = {
  firstname: 'required',
  lastname: 'required',
  gender: 'required',
  statut: 'required',
  address1: 'required',
  address2: 'optional',
  zipcode: 'required',
  city: 'required',
  country: 'required',
  company: 'optional',
  company_siret: 'optional',
  company_tva: 'optional',
  is_legal_entity: 'optional',
  notif_billing: 'optional',
  billing_email: 'optional',
} as const satisfies Readonly<Record<FormField, 'required' | 'optional'>>;

/** A field that AR24 refused, with AR24's own slug. `form` where AR24 names no field. */
export interface FieldError {
  readonly field: FormField | 'email' | 'form';
  readonly slug: string;
}

/** Proof that the partner itself showed AR24's terms and the sender accepted them. */
export interface TermsEvidence {
  readonly version: string;
  /** ISO 8601. */
  readonly acceptedAt: string;
}

export interface OnboardingRequest {
  /** The partner's own opaque reference of the sender; also AR24's `custom_ref`. */
  readonly reference: Reference;
  readonly email: string;
  /** The partner vouches that this address belongs to this person. */
  readonly emailVerified: boolean;
  readonly language: Language;
  readonly registration?: RegistrationForm | undefined;
  /** Only the sender's page uses it: its form begins with these values. */
  readonly prefill?: Prefill | undefined;
  readonly require: readonly OptionalRequirement[];
  readonly termsEvidence?: TermsEvidence | undefined;
  /** Where the sender's page leads back to at the end. */
  readonly returnUrl?: string | undefined;
  /** Where a person whose link has expired gets another. */
  readonly refreshUrl?: string | undefined;
}

/** The request without the form and its prefill: these may arrive later, and change. */
export type SignUp = Omit<OnboardingRequest, 'registration' | 'prefill'>;

/** How a sign-up reached us: the HTTP API, a sign-up event, an import, the command `start`, or an application. */
export const DOORS = ['api', 'event', 'import', 'command', 'application'] as const;
export type Door = (typeof DOORS)[number];

/** The argument with which a client starts an onboarding. */
export interface OnboardingStart {
  readonly request: OnboardingRequest;
  /** Keyed hashes of the address: under the key in use, then under each former key. */
  readonly emailHashes: readonly EmailHash[];
  /**
   * An earlier onboarding of this reference requested access for the same address, and ended before the
   * holder accepted: an account attached since then is the answer to that request.
   */
  readonly accessRequestedBefore: boolean;
  /** An earlier onboarding of this reference may have ordered the paid identity check. */
  readonly identityOrderedBefore: boolean;
  /** Ids of updates that earlier onboardings of this reference accepted: repeated, they are rejected here. */
  readonly updatesBefore?: readonly string[] | undefined;
  /** Who vouched for the address; absent where nobody did (`emailVerified` false). */
  readonly vouchedBy?: string | undefined;
  /** Since when the sign-up has this address, ms since the epoch: reports from before are older. */
  readonly addressAsOf?: number | undefined;
  /** Only counted. Absent: an application. */
  readonly door?: Door | undefined;
}
