/** What the page says, in each of its languages. Typed so that nothing can be without words. */
import type { OptionalRequirement, Outcome, ProblemKind, Status } from '../../../client/index.ts';
import type { Told } from '../told.ts';
import type { FormWords } from './form-words.ts';

/** What sentences are about. */
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

/** What a person has to look for in his mail, or in his letter box. */
export type Mail = 'attachment' | 'email' | 'terms' | 'payment' | 'identity';

export type StepName =
  | 'sign-up'
  | 'search'
  | 'registration'
  | 'creation'
  | 'attachment'
  | 'account'
  | 'operator'
  | 'email'
  | 'terms'
  | 'profile'
  | 'payment'
  | 'identity'
  | 'ready';

export type StepState = 'done' | 'now' | 'later';

/** Pages that tell why there is nothing else to see. */
export type NoticeName =
  'gone' | 'unknown' | 'away' | 'failed' | 'cross-site' | 'too-many' | 'odd-request';

export interface NoticeWords {
  readonly title: string;
  readonly text: (about: Pick<About, 'partner'>) => string;
}

export interface PageWords {
  readonly locale: string;
  readonly languageName: string;
  readonly languages: string;
  readonly skip: string;
  /** Behind the page's title, in the window's. */
  readonly about: (partner: string) => string;
  readonly help: string;
  readonly helpFrom: (partner: string) => string;
  readonly footer: (partner: string) => string;
  readonly status: Readonly<Record<Status, StatusWords>>;
  readonly ready: Readonly<Record<Extract<Outcome, { kind: 'ready' }>['how'], string>>;
  readonly missing: Readonly<Record<OptionalRequirement, string>>;
  /** AR24 refuses the address itself, which only the partner can correct. */
  readonly addressRefused: StatusWords;
  readonly problem: Readonly<Record<ProblemKind, string>>;
  readonly contradicted: string;
  readonly mail: Readonly<Record<Mail, string>>;
  readonly mailTitle: string;
  readonly mailTo: (email: string, when: string | null) => string;
  readonly junk: string;
  readonly byPost: string;
  readonly deadline: (day: string) => string;
  readonly reminder: (day: string) => string;
  readonly paymentLink: string;
  readonly done: string;
  readonly doneHint: string;
  readonly again: string;
  readonly refresh: string;
  readonly stepsTitle: string;
  readonly step: Readonly<Record<StepName, string>>;
  readonly stepState: Readonly<Record<StepState, string>>;
  readonly told: Readonly<Record<Told, string>>;
  readonly notice: Readonly<Record<NoticeName, NoticeWords>>;
  readonly tryAgain: string;
  readonly form: FormWords;
}
