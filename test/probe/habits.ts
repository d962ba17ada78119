/** What an independent AR24 may do where docs/ar24-api.md is silent, and two AR24s of such habits. */
export interface Habits {
  /** Checks date and signature, and encrypts successes (1.4, 1.5). Otherwise the token is an old one. */
  readonly secure: boolean;
  /** Seconds that a date may be in the past. */
  readonly past: number;
  readonly dateTwice: string | undefined;
  readonly wrongSignature: string;
  /** HTTP status of a refusal. */
  readonly refusalStatus: number;
  readonly refusalType: string;
  /** undefined: AR24 creates a second account for the same address. */
  readonly duplicate: string | undefined;
  /** The same for an account that is not attached. */
  readonly duplicateOfOthers: string | undefined;
  readonly caseMatters: boolean;
  readonly cgu: 'honoured' | 'ignored' | 'refused';
  readonly confirmed: 'honoured' | 'ignored' | 'refused';
  readonly termsOnCreation: boolean;
  readonly genderNeeded: boolean;
  /** undefined: AR24 answers success, and mails nobody. */
  readonly noAccount: string | undefined;
  readonly attached: string | undefined;
  readonly mailsAgain: boolean;
  /** AR24 mails the address about every call that names it, also about one that it refuses. */
  readonly mailsAlways: boolean;
  /** undefined: AR24 accepts the ordinary creation. */
  readonly refusesCreation: string | undefined;
  readonly termsDone: string | undefined;
  /** The result of payment_request, with a given link. */
  readonly payment: (link: string) => unknown;
  readonly empty: unknown;
  readonly flags: 'number' | 'string';
  readonly more: Readonly<Record<string, unknown>>;
  readonly hidden: readonly string[];
  readonly listMost: number;
  /** Milliseconds until an acceptance shows. */
  readonly slow: number;
}

export const STRICT: Habits = {
  secure: true,
  past: 0,
  dateTwice: 'date_already_used',
  wrongSignature: 'signature_invalid',
  refusalStatus: 200,
  refusalType: 'text/html; charset=UTF-8',
  duplicate: 'user_not_created',
  duplicateOfOthers: 'user_belongs_elsewhere',
  caseMatters: false,
  cgu: 'refused',
  confirmed: 'ignored',
  termsOnCreation: false,
  genderNeeded: false,
  noAccount: 'email_unknown',
  attached: 'access_exists',
  mailsAgain: false,
  mailsAlways: false,
  refusesCreation: undefined,
  termsDone: 'cgu_accepted',
  payment: (link) => ({ payment_page: link }),
  empty: [],
  flags: 'number',
  more: { id_team: 7, last_login: null },
  hidden: ['notify_bc', 'billing_tva'],
  listMost: 25,
  slow: 120,
};

export const OLD_TOKEN: Habits = {
  ...STRICT,
  secure: false,
  refusalStatus: 404,
  refusalType: 'application/json',
  duplicateOfOthers: 'user_unavailable',
  caseMatters: true,
  cgu: 'honoured',
  confirmed: 'honoured',
  termsOnCreation: true,
  genderNeeded: true,
  noAccount: undefined,
  attached: undefined,
  mailsAgain: true,
  termsDone: undefined,
  empty: {},
  flags: 'string',
  more: {},
  hidden: [],
  slow: 0,
};
