/** The texts of the page in each language. The types make sure that no text is missing. */
import type {
  Outcome,
  ProblemKind,
  RegistrationForm,
  Requirement,
  Status,
} from '../../../client/index.ts';
import type { Rule } from '../../../client/schemas/form/rules.ts';
import type { Found } from '../company/look-up.ts';
import type { FormFault, Slug } from '../form/faults.ts';
import type { FormStep, GroupName } from '../form/fields.ts';
import type { ActionResult } from '../paths.ts';

export interface About {
  /** The partner's name. */
  readonly partner: string;
  /** The sender's address, masked. */
  readonly email: string;
}

type Sentences = (about: About) => readonly string[];

export interface StatusWords {
  readonly title: (about: About) => string;
  readonly text: Sentences;
}

/** Mails, and a letter, that a person has to look for. */
export type ExpectedMail = 'attachment' | 'email' | 'terms' | 'payment' | 'identity';

export type StepName = Requirement | 'sign-up' | 'search' | 'creation' | 'account' | 'ready';

/** The label of a step, as long as it is open, and once it is done. */
export interface StepWords {
  readonly todo: string;
  readonly done: string;
}

export type StepState = 'done' | 'now' | 'later';

/** Pages with a message only. */
export type NoticeName =
  'gone' | 'unknown' | 'away' | 'failed' | 'cross-site' | 'too-many' | 'odd-request';

export interface NoticeWords {
  readonly title: string;
  readonly text: (about: Pick<About, 'partner'>) => string;
}

/** The button by which a holder refuses the partner, and its confirmation. */
export interface RefuseWords {
  readonly button: string;
  readonly title: (about: About) => string;
  readonly text: Sentences;
  readonly confirm: string;
  readonly back: string;
}

export interface PageWords {
  readonly locale: string;
  readonly languageName: string;
  readonly languages: string;
  readonly skip: string;
  /** Follows the page's title in the title of the window. */
  readonly about: (partner: string) => string;
  readonly help: string;
  readonly helpFrom: (partner: string) => string;
  /** The subject of a mail to the partner. */
  readonly subject: (reference: string) => string;
  readonly reference: (reference: string) => string;
  readonly privacy: string;
  readonly legal: string;
  readonly footer: (partner: string) => string;
  readonly status: Readonly<Record<Status, StatusWords>>;
  readonly ready: Readonly<Record<Extract<Outcome, { kind: 'ready' }>['how'], string>>;
  /** AR24 refuses the e-mail address, which the person can correct below. */
  readonly addressRefused: StatusWords;
  /** AR24 refuses an address that somebody vouched for, so that only the partner can correct it. */
  readonly verifiedAddressRefused: StatusWords;
  readonly problem: Readonly<Record<ProblemKind, string>>;
  readonly contradicted: string;
  /** The holder has refused on this page, and AR24 is being read. */
  readonly refusalNoted: string;
  /** A short name: AR24's own subjects are not public. */
  readonly mail: Readonly<Record<ExpectedMail, string>>;
  readonly mailTitle: (count: number) => string;
  readonly mailState: Readonly<Record<'waiting' | 'done', string>>;
  readonly mailTo: (email: string, when: string | null) => string;
  readonly junk: string;
  /** AR24 has no route that repeats the confirmation of the address. */
  readonly noRoute: (about: About) => string;
  readonly letterTitle: string;
  readonly byPost: (when: string | null) => string;
  readonly wrongAddress: (about: About) => string;
  /** How to recognise a mail of AR24: its mails are imitated. */
  readonly genuine: {
    readonly title: string;
    readonly text: readonly string[];
    readonly link: string;
    /** AR24's own page that checks a mail. */
    readonly url: string;
  };
  readonly deadline: (day: string) => string;
  readonly reminder: (day: string) => string;
  readonly paymentLink: string;
  readonly done: string;
  readonly doneHint: string;
  readonly again: (count: number) => string;
  /** Which of several mails is sent again. */
  readonly againAbout: string;
  readonly againFrom: (clock: string) => string;
  /** With JavaScript: `{}` stands for the time that is left. */
  readonly againIn: string;
  readonly refuse: RefuseWords;
  readonly refresh: string;
  readonly stepsTitle: string;
  readonly step: Readonly<Record<StepName, StepWords>>;
  readonly stepState: Readonly<Record<StepState, string>>;
  readonly result: Readonly<Record<ActionResult, string>>;
  readonly notice: Readonly<Record<NoticeName, NoticeWords>>;
  readonly tryAgain: string;
  /** On a button to the partner's own site. */
  readonly back: (partner: string) => string;
  readonly freshLink: string;
  readonly address: AddressWords;
  readonly form: FormWords;
}

export interface AddressWords {
  readonly question: string;
  readonly intro: string;
  readonly label: string;
  readonly invalid: string;
  readonly send: string;
}

export interface FieldWords {
  readonly label: string;
  /** The field in a sentence, such as `your first name`. */
  readonly inText: string;
  /** What to say if nothing was typed, where "Enter ..." does not fit. */
  readonly missing?: string;
  readonly hint?: string;
}

type Field = keyof RegistrationForm;

export type RuleWords = Readonly<Record<Rule, (field: FieldWords) => string>>;

export interface FormWords {
  readonly stepTitle: Readonly<Record<FormStep, string>>;
  readonly intro: string;
  readonly optional: string;
  readonly field: Readonly<Record<Field, FieldWords>>;
  readonly group: Readonly<Record<GroupName, string>>;
  readonly gender: Readonly<Record<RegistrationForm['gender'], string>>;
  readonly statut: Readonly<Record<RegistrationForm['statut'], string>>;
  /** Hints of a field that depend on the country, or on who fills in the form. */
  readonly frenchPostcode: string;
  readonly noPostcodes: string;
  readonly wanted: string;
  readonly goOn: string;
  readonly change: string;
  readonly lookUp: string;
  readonly lookedUp: Readonly<Record<Found['kind'], string>>;
  readonly send: string;
  readonly sendAnyway: string;
  readonly faultsTitle: string;
  readonly warningsTitle: string;
  readonly fault: Readonly<Record<FormFault, (field: FieldWords) => string>>;
  /** For every rule, whether it refuses or warns. */
  readonly rule: RuleWords;
  readonly refusedTitle: string;
  /** If the entries are lost. */
  readonly refusedIntro: string;
  readonly slug: Readonly<Record<Exclude<Slug, 'user_not_created'>, string>>;
  /** If AR24 names no field. By the kind of person. */
  readonly notCreated: Readonly<Record<'individual' | 'organisation' | 'unknown', string>>;
  readonly unknownSlug: string;
  readonly undelivered: string;
}
