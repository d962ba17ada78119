/** What to do next. Pure: the same sender at the same time gives the same step. */
import type { CarryOver, Outcome } from '../contract/index.ts';
import { hintDue, readAllowedAt } from '../state/hints.ts';
import { unconfirmedRequests } from '../state/remindable.ts';
import { accessWasRequested } from '../state/access.ts';
import {
  dependsOnOthers,
  missingOptions,
  outstanding,
  ownershipOf,
  questionOf,
  restsOnClaim,
  waitingFor,
} from '../state/requirements.ts';
import type { Sender } from '../state/sender.ts';
import { nextCall, readAccount, request, targetOf } from './account-steps.ts';
import { nextReminder } from './reminders.ts';
import type { CallStep, PartnerStep, Step, WaitStep } from './steps.ts';

/** How long a cancellation waits for AR24 to show what became of a creation. */
const READ_BACK_MS = 20_000;

type Rule = (s: Sender, now: number) => Step | null;

/** In this order: the first rule that has a step decides. docs/architecture.md explains them. */
const RULES: readonly Rule[] = [
  endCancelled,
  readPolicy,
  endRefused,
  waitForRepair,
  findOtherRequesters,
  nextCall,
  endReady,
  retryReminder,
  readAgain,
  endExpired,
  sendReminder,
];

export function plan(s: Sender, now: number): Step {
  for (const rule of RULES) {
    const step = rule(s, now);
    if (step) return step;
  }
  return wait(s);
}

/** A creation whose outcome is unknown is read once before the end, so that no account is left unknown. */
function endCancelled(s: Sender): Step | null {
  if (!s.cancel) return null;
  if (s.creation.unconfirmed && !s.cancel.readBack) {
    return { do: 'read-account', target: targetOf(s), retryBudgetMs: 0, withinMs: READ_BACK_MS };
  }
  const { by, reason } = s.cancel;
  return finish({
    kind: 'cancelled',
    by,
    reason,
    accountId: s.access.held?.account.id,
    ...carryOver(s),
    unconfirmed: s.creation.unconfirmed ? 'create-account' : undefined,
  });
}

function readPolicy(s: Sender): Step | null {
  return s.meta.policyDue ? { do: 'read-policy' } : null;
}

function endRefused(s: Sender): Step | null {
  if (s.access.kind !== 'refused') return null;
  return finish({ kind: 'refused', by: s.claims.refusal?.by ?? 'unknown', ...carryOver(s) });
}

/** A hint is followed before the pause is over. */
function waitForRepair(s: Sender, now: number): Step | null {
  const pauses = s.problem !== null && now < s.problem.nextTryAt;
  return pauses && !hintDue(s, now) ? { do: 'wait-for-repair' } : null;
}

function findOtherRequesters(s: Sender): Step | null {
  const { held } = s.access;
  if (!held || !dependsOnOthers(s)) return null;
  return { do: 'find-other-requesters', accountId: held.account.id };
}

/** Where the terms rest on a claim, a hint is followed before the end: AR24 may contradict the claim. */
function endReady(s: Sender): Step | null {
  const ready = readyOutcome(s);
  return ready && !(restsOnClaim(s) && s.hints.pendingAt !== null) ? finish(ready) : null;
}

/**
 * While a reminder fails, the reminder itself is tried again: a successful read would clear the problem
 * although the mail still fails.
 */
function retryReminder(s: Sender, now: number): Step | null {
  const reminder = sendReminder(s, now);
  if (!s.problem || !reminder) return null;
  return s.problem.call === reminder.do || unconfirmedRequests(s).length > 0 ? reminder : null;
}

function readAgain(s: Sender, now: number): CallStep | null {
  return s.problem || hintDue(s, now) ? readAccount(s) : null;
}

/** Only after a read that is younger than the deadline, and never before a hint was followed. */
function endExpired(s: Sender, now: number): Step | null {
  const { deadlineAt } = s.waiting;
  if (now < deadlineAt || s.hints.pendingAt !== null) return null;
  const isReadSince = s.lastRead !== null && s.lastRead.at >= deadlineAt;
  if (!isReadSince) return readAccount(s);
  return finish({ kind: 'expired', waitingFor: waitingFor(s), ...carryOver(s) });
}

function sendReminder(s: Sender, now: number): CallStep | PartnerStep | null {
  const reminder = nextReminder(s, now);
  if (!reminder || now < reminder.at) return null;
  return reminder.what === 'by-partner' ? { do: 'remind-by-partner' } : request(s, reminder.what);
}

function wait(s: Sender): WaitStep {
  const question = questionOf(s);
  if (question) return { do: 'ask-operator', question };
  return waitingFor(s).includes('registration') ? { do: 'collect-registration' } : { do: 'wait' };
}

/** When the plan may change by time alone (ms since the epoch). */
export function wakeAt(
  s: Sender,
  now: number,
): { readonly soon: number | null; readonly later: number | null } {
  const hint = readAllowedAt(s);
  if (s.problem) return { soon: Math.min(s.problem.nextTryAt, hint ?? Infinity), later: null };
  const reminder = nextReminder(s, now)?.at ?? Infinity;
  const { deadlineAt } = s.waiting;
  const deadline = deadlineAt <= now ? Infinity : deadlineAt;
  const later = Math.min(deadline, reminder);
  return { soon: hint, later: later === Infinity ? null : later };
}

function finish(outcome: Outcome): Step {
  return { do: 'finish', outcome };
}

/** Null unless everything is there, the account is known to be this sender's, and no question is open. */
function readyOutcome(s: Sender): Outcome | null {
  const { access } = s;
  const ownership = ownershipOf(s);
  if (access.kind !== 'granted' || !ownership) return null;
  if (questionOf(s) !== null || outstanding(s).length > 0) return null;
  return {
    kind: 'ready',
    how: access.held.via,
    accountId: access.held.account.id,
    ownership,
    overrides: s.overrides.map((o) => o.record),
    missing: missingOptions(s),
    ...carryOver(s),
  };
}

function carryOver(s: Sender): CarryOver {
  return {
    accessRequested: s.accessRequestedBefore || accessWasRequested(s),
    identityOrdered: s.identityOrders.length > 0,
  };
}
