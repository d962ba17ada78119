/** What partners, operators and the sender's page may see: no form values, no address. */
import type { AskedView, ClaimView, OnboardingView, Sighting } from '../contract/index.ts';
import { nextReminder } from '../plan/reminders.ts';
import { isContradicted } from '../state/claims.ts';
import { questionOf, statusOf, waitingFor } from '../state/requirements.ts';
import type { Askable, Sender } from '../state/sender.ts';
import { maskedEmail } from './masked-email.ts';

const ASKABLE: readonly Askable[] = ['access', 'terms', 'payment', 'identity'];
const CLAIMS = ['attachment', 'email', 'terms', 'refusal'] as const;

const iso = (at: number): string => new Date(at).toISOString();

/** @param now ms since the epoch */
export function viewOf(s: Sender, now: number): OnboardingView {
  const reminder = s.outcome ? null : nextReminder(s, now);
  return {
    reference: s.request.reference,
    status: statusOf(s),
    waitingFor: waitingFor(s),
    problem: s.problem && !s.outcome ? problemView(s.problem) : null,
    since: iso(s.since),
    startedAt: iso(s.startedAt),
    deadline: s.outcome || s.problem ? null : iso(s.deadlineAt),
    nextReminder: reminder && iso(reminder.at),
    outcome: s.outcome,
    accountId: s.account?.id ?? null,
    language: s.request.language,
    fieldErrors: s.fieldErrors,
    question: s.outcome ? null : questionOf(s),
    claims: CLAIMS.flatMap((what) => claimView(s, what)),
    asked: ASKABLE.flatMap((what) => askedView(s, what)),
    overrides: s.overrides.map((o) => o.record),
    lastLook: s.lastLook && { at: iso(s.lastLook.at), answer: tell(s.lastLook.sighting) },
    paymentLink: s.paymentLink,
    maskedEmail: maskedEmail(s.request.email),
    linksValidFrom: s.linksRevokedAt === null ? null : iso(s.linksRevokedAt),
    version: s.version,
  };
}

function problemView(problem: NonNullable<Sender['problem']>): OnboardingView['problem'] {
  const { kind, slug, since, nextTryAt } = problem;
  return { kind, since: iso(since), slug, nextTry: iso(nextTryAt) };
}

function claimView(s: Sender, what: (typeof CLAIMS)[number]): readonly ClaimView[] {
  const claim = s.claims[what];
  if (!claim) return [];
  return [{ what, by: claim.by, at: iso(claim.at), contradicted: isContradicted(s, what) }];
}

function askedView(s: Sender, what: Askable): readonly AskedView[] {
  const asked = s.asked[what];
  if (!asked) return [];
  return [{ what, at: iso(asked.last), times: asked.times, answersLost: asked.answersLost }];
}

/** A read of AR24 in words, for people. */
function tell(sighting: Sighting): string {
  switch (sighting.kind) {
    case 'absent':
      return 'no account';
    case 'unavailable':
      return 'an account, no access to it';
    case 'attached': {
      const { email, terms, profile, payment, identity } = sighting.account;
      const flags = { email, terms, profile, payment, identity };
      return `account: ${Object.entries(flags)
        .map(([flag, value]) => `${flag} ${value}`)
        .join(', ')}`;
    }
  }
}
