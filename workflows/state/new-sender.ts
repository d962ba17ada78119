/** What is known of a sender as a run begins. */
import { DEFAULT_POLICY } from '../contract/policy.ts';
import type { OnboardingStart } from '../contract/index.ts';
import type { Sender } from './sender.ts';

export function newSender(start: OnboardingStart, now: number): Sender {
  const { request, emailHashes, vouchedBy, accessRequestedBefore, identityOrderedBefore } = start;
  const { registration, prefill, ...signUp } = request;
  return {
    request: signUp,
    address: {
      vouchedBy: request.emailVerified ? (vouchedBy ?? 'unknown') : null,
      reported: request.email,
      asOf: start.addressAsOf ?? null,
      hashes: emailHashes,
      other: null,
      corrected: null,
    },
    policy: DEFAULT_POLICY,
    meta: {
      startedAt: now,
      version: 1,
      policyFingerprint: null,
      policyDue: true,
      recentUpdates: [],
      updatesBefore: start.updatesBefore ?? [],
    },
    access: { kind: 'unknown', held: null },
    accessRequestedBefore: accessRequestedBefore,
    form: registration ?? null,
    prefill: prefill ?? null,
    fieldErrors: [],
    creation: { refusals: 0, unconfirmed: false, tried: false, otherSpelling: 'none' },
    requests: {},
    requestedAnew: 0,
    identityOrders: identityOrderedBefore ? [{ accountId: null, at: now, outcome: 'placed' }] : [],
    forgottenOrder: { excludedAt: null, suspectedFor: null },
    paymentLink: null,
    claims: {},
    overrides: [],
    remindNow: [],
    cancel: null,
    hints: { pendingAt: null, recentReads: [] },
    lastRead: null,
    acting: null,
    problem: null,
    guard: { recentCalls: [], inconsistency: null },
    waiting: {
      since: now,
      deadlineAt: now + DEFAULT_POLICY.deadlineDays * 86_400_000,
      deadlineByHand: false,
      partnerReminders: null,
    },
    linksRevokedAt: null,
    outcome: null,
  };
}

/** The state that the run before carried over. A field that its build did not have yet keeps its first value. */
export function withCarriedOver(first: Sender, carried: Sender | undefined): Sender {
  if (!carried) return first;
  return {
    ...first,
    ...carried,
    address: { ...first.address, ...carried.address },
    policy: { ...first.policy, ...carried.policy },
    meta: { ...first.meta, ...carried.meta },
    creation: { ...first.creation, ...carried.creation },
    forgottenOrder: { ...first.forgottenOrder, ...carried.forgottenOrder },
    hints: { ...first.hints, ...carried.hints },
    guard: { ...first.guard, ...carried.guard },
    waiting: { ...first.waiting, ...carried.waiting },
  };
}
