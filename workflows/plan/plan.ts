/** What to do next. Pure: the same sender at the same time gives the same step. */
import type {
  LeftBehind,
  Outcome,
  Question,
  RegistrationForm,
  Sighting,
  Target,
} from '../contract/index.ts';
import { CALL_OF, holderWasAsked, isToRepeat } from '../state/asked.ts';
import { lookAllowedAt } from '../state/hints.ts';
import { unconfirmed } from '../state/remindable.ts';
import {
  addressRefused,
  formUsable,
  missingOptions,
  questionOf,
  restsOnClaim,
  unsettled,
  waitingFor,
} from '../state/requirements.ts';
import type { Askable, Sender } from '../state/sender.ts';
import { nextReminder } from './reminders.ts';

/** How long a call is retried before its failure becomes a problem. */
const PATIENCE_MS = 15 * 60_000;
/** How long somebody who cancels waits for AR24 to tell what became of a creation. */
const READ_BACK_MS = 20_000;

export type CallStep = { readonly patienceMs: number } & (
  | { readonly do: 'look'; readonly target: Target; readonly withinMs?: number | undefined }
  | { readonly do: 'request-access' }
  | { readonly do: 'create-account'; readonly form: RegistrationForm; readonly readBack: boolean }
  | {
      readonly do: 'request-terms' | 'request-payment' | 'order-identity';
      readonly accountId: string;
      /** Read first, and send nothing if AR24 shows anything else than this. */
      readonly unlessChangedFrom?: Sighting | undefined;
    }
);

export type WaitStep =
  | { readonly do: 'wait' }
  | { readonly do: 'collect-registration' }
  | { readonly do: 'ask-operator'; readonly question: Question }
  | { readonly do: 'wait-for-repair' };

/** The person is to be mailed about what AR24 has no mail for. */
export interface PartnerStep {
  readonly do: 'remind-by-partner';
}

export type Step =
  CallStep | PartnerStep | WaitStep | { readonly do: 'finish'; readonly outcome: Outcome };

export function plan(s: Sender, now: number): Step {
  if (s.cancel) return windUp(s);
  if (s.access === 'refused') {
    return finish({ kind: 'refused', by: s.claims.refusal?.by ?? 'unknown', ...leftBehind(s) });
  }
  if (s.problem && now < s.problem.nextTryAt && !hintDue(s, now)) return { do: 'wait-for-repair' };
  const call = nextCall(s);
  if (call) return call;
  if (isReady(s) && !(restsOnClaim(s) && s.lookWantedAt !== null)) return ready(s);
  const reminder = dueReminder(s, now);
  // A look would be answered, and the trouble with the reminder forgotten as often as it is met.
  const isOfReminders = s.problem?.call === reminder?.do || unconfirmed(s).length > 0;
  if (s.problem && reminder && isOfReminders) return reminder;
  if (s.problem || hintDue(s, now)) return look(s);
  // A hint that is held back for some seconds is followed first.
  if (now >= s.deadlineAt && s.lookWantedAt === null) {
    return lookedSince(s, s.deadlineAt) ? expired(s) : look(s);
  }
  return reminder ?? waiting(s);
}

/** When the plan may change by time alone (ms since the epoch). */
export function wakeAt(
  s: Sender,
  now: number,
): { readonly soon: number | null; readonly later: number | null } {
  const hint = lookAllowedAt(s);
  if (s.problem) return { soon: Math.min(s.problem.nextTryAt, hint ?? Infinity), later: null };
  const reminder = nextReminder(s, now)?.at ?? Infinity;
  const deadline = s.deadlineAt <= now ? Infinity : s.deadlineAt;
  const later = Math.min(deadline, reminder);
  return { soon: hint, later: later === Infinity ? null : later };
}

/** Where AR24 is to be read: by id once it is known, since a holder may change his address. */
export function targetOf(s: Sender): Target {
  return s.account ? { by: 'id', id: s.account.id } : { by: 'email', email: s.request.email };
}

/** The next call that brings the sender forward, before anybody has to be waited for. */
function nextCall(s: Sender): CallStep | null {
  const question = questionOf(s);
  if (question && question !== 'identity-order-lost') return null;
  switch (s.access) {
    case 'unknown':
    case 'lost':
      return addressRefused(s) ? null : { do: 'request-access', patienceMs: patience(s) };
    case 'none':
      return s.form && formUsable(s) ? createAccount(s, s.form) : null;
    case 'granted':
      return firstAsking(s);
    case 'asked':
      return isToRepeat(s, 'access') ? ask(s, 'access') : null;
    case 'refused':
      return null;
  }
}

function createAccount(s: Sender, form: RegistrationForm): CallStep {
  return { do: 'create-account', form, readBack: s.creation.unsettled, patienceMs: patience(s) };
}

/** Terms and payment side by side; the identity, which costs money, when all else is there. */
function firstAsking(s: Sender): CallStep | null {
  const open = unsettled(s);
  for (const what of ['terms', 'payment'] as const) {
    if (open.includes(what) && (!s.asked[what] || isToRepeat(s, what))) return ask(s, what);
  }
  const identityOnly = open.length === 1 && open[0] === 'identity';
  if (identityOnly && !identityOrdered(s)) return ask(s, 'identity');
  return null;
}

/** Paid once is paid for, unless everything was begun anew and led to another account. */
function identityOrdered({ asked, identityOrderedFor, account }: Sender): boolean {
  const isForAnother = identityOrderedFor !== null && identityOrderedFor !== account?.id;
  return asked.identity !== undefined && !isForAnother;
}

function ask(s: Sender, what: Askable): CallStep | null {
  const patienceMs = patience(s);
  if (what === 'access') return { do: CALL_OF.access, patienceMs };
  if (!s.account) return null;
  const again = what === 'identity' || s.asked[what] !== undefined || s.problem !== null;
  return {
    do: CALL_OF[what],
    accountId: s.account.id,
    patienceMs,
    unlessChangedFrom: again ? { kind: 'attached', account: s.account } : undefined,
  };
}

function dueReminder(s: Sender, now: number): CallStep | PartnerStep | null {
  const reminder = nextReminder(s, now);
  if (!reminder || now < reminder.at) return null;
  return reminder.what === 'by-partner' ? { do: 'remind-by-partner' } : ask(s, reminder.what);
}

/** While there is a problem one try tells enough; the next comes with the repair schedule. */
function patience(s: Sender): number {
  return s.problem ? 0 : PATIENCE_MS;
}

function hintDue(s: Sender, now: number): boolean {
  const allowedAt = lookAllowedAt(s);
  return allowedAt !== null && now >= allowedAt;
}

function lookedSince(s: Sender, moment: number): boolean {
  return s.lastLook !== null && s.lastLook.at >= moment;
}

function look(s: Sender): CallStep {
  return { do: 'look', target: targetOf(s), patienceMs: patience(s) };
}

function waiting(s: Sender): WaitStep {
  const question = questionOf(s);
  if (question) return { do: 'ask-operator', question };
  return waitingFor(s).includes('registration') ? { do: 'collect-registration' } : { do: 'wait' };
}

function isReady(s: Sender): boolean {
  const question = questionOf(s);
  return s.access === 'granted' && question === null && unsettled(s).length === 0;
}

function finish(outcome: Outcome): Step {
  return { do: 'finish', outcome };
}

function ready(s: Sender): Step {
  return finish({
    kind: 'ready',
    how: s.how ?? 'found',
    accountId: s.account?.id ?? '',
    overrides: s.overrides.map((o) => o.record),
    missing: missingOptions(s),
    ...leftBehind(s),
  });
}

function expired(s: Sender): Step {
  return finish({ kind: 'expired', waitingFor: waitingFor(s), ...leftBehind(s) });
}

/** A creation in flight is read back before the end, once: nobody is left with a forgotten account. */
function windUp(s: Sender): Step {
  if (!s.cancel || (s.creation.unsettled && !s.cancel.readBack)) {
    return { do: 'look', target: targetOf(s), patienceMs: 0, withinMs: READ_BACK_MS };
  }
  return finish({
    kind: 'cancelled',
    by: s.cancel.by,
    reason: s.cancel.reason,
    accountId: s.account?.id,
    ...leftBehind(s),
    unsettled: s.creation.unsettled ? 'create-account' : undefined,
  });
}

function leftBehind(s: Sender): LeftBehind {
  return {
    accessAsked: s.askedBefore || holderWasAsked(s),
    identityOrdered: s.asked.identity !== undefined,
  };
}
