/** What partners, operators and the sender's page may see: no form values, no address. */
import {
  ACCOUNT_REQUIREMENTS,
  CLAIMABLE,
  MAIL_REQUESTS,
  type AccountSnapshot,
  type ClaimView,
  type OnboardingView,
  type MailRequest,
  type RequestView,
} from '../contract/index.ts';
import { nextReminder } from '../plan/reminders.ts';
import { maskedEmail } from '../state/address.ts';
import { isContradicted } from '../state/claims.ts';
import { notVisible, questionOf, statusOf, waitingFor } from '../state/requirements.ts';
import type { Sender } from '../state/sender.ts';

const CLAIMS = [...CLAIMABLE, 'refusal'] as const;

const iso = (at: number): string => new Date(at).toISOString();

/** @param now ms since the epoch */
export function viewOf(s: Sender, now: number): OnboardingView {
  const { other } = s.address;
  const reminder = s.outcome ? null : reminderInTime(s, now);
  return {
    reference: s.request.reference,
    status: statusOf(s),
    waitingFor: waitingFor(s),
    problem: s.problem && !s.outcome ? problemView(s.problem) : null,
    since: iso(s.waiting.since),
    startedAt: iso(s.meta.startedAt),
    deadline: s.outcome || s.problem ? null : iso(s.waiting.deadlineAt),
    nextReminder: reminder && iso(reminder.at),
    outcome: s.outcome,
    accountId: s.access.held?.account.id ?? null,
    language: s.request.language,
    fieldErrors: s.fieldErrors,
    question: s.outcome ? null : questionOf(s),
    notVisible: s.outcome ? [] : notVisible(s),
    claims: CLAIMS.flatMap((what) => claimView(s, what)),
    requests: [...MAIL_REQUESTS.flatMap((what) => requestView(s, what)), ...orderView(s)],
    overrides: s.overrides.map((o) => o.record),
    lastRead: s.lastRead && {
      at: iso(s.lastRead.at),
      answer: inWords(s.lastRead.snapshot),
    },
    paymentLink: s.paymentLink,
    maskedEmail: maskedEmail(s.request.email),
    emailVerified: s.address.vouchedBy !== null,
    otherAddress: other && {
      maskedEmail: maskedEmail(other.report.email),
      by: other.report.by,
      at: iso(other.at),
    },
    addressCorrected: s.address.corrected && {
      ...s.address.corrected,
      at: iso(s.address.corrected.at),
    },
    returnUrl: s.request.returnUrl ?? null,
    refreshUrl: s.request.refreshUrl ?? null,
    linksValidFrom: s.linksRevokedAt === null ? null : iso(s.linksRevokedAt),
    version: s.meta.version,
  };
}

/** The deadline stands still while there is a problem. */
function reminderInTime(s: Sender, now: number): ReturnType<typeof nextReminder> {
  const reminder = nextReminder(s, now);
  return reminder && !s.problem && reminder.at > s.waiting.deadlineAt ? null : reminder;
}

function problemView(problem: NonNullable<Sender['problem']>): OnboardingView['problem'] {
  const { kind, slug, field, since, nextTryAt } = problem;
  return { kind, since: iso(since), slug, field, nextTry: iso(nextTryAt) };
}

function claimView(s: Sender, what: (typeof CLAIMS)[number]): readonly ClaimView[] {
  const claim = s.claims[what];
  if (!claim) return [];
  return [{ what, by: claim.by, at: iso(claim.at), contradicted: isContradicted(s, what) }];
}

function requestView(s: Sender, what: MailRequest): readonly RequestView[] {
  const made = s.requests[what];
  if (!made) return [];
  return [{ kind: what, at: iso(made.last), times: made.times, unconfirmed: made.unconfirmed }];
}

/** All orders in one line. One by an earlier onboarding is no call of this one. */
function orderView({ identityOrders }: Sender): readonly RequestView[] {
  const last = identityOrders.at(-1);
  if (!last) return [];
  const times = identityOrders.filter(({ accountId }) => accountId !== null).length;
  const unconfirmed = identityOrders.filter(({ outcome }) => outcome === 'unknown').length;
  return [{ kind: 'identity', at: iso(last.at), times, unconfirmed }];
}

/** A read of AR24 in words, for people. */
function inWords(snapshot: AccountSnapshot): string {
  switch (snapshot.kind) {
    case 'absent':
      return 'no account';
    case 'unavailable':
      return 'an account, no access to it';
    case 'attached': {
      const { account } = snapshot;
      return `account: ${ACCOUNT_REQUIREMENTS.map((name) => `${name} ${account[name]}`).join(', ')}`;
    }
  }
}
