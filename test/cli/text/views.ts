/** A view of an open onboarding, from which the tests make theirs. */
import type { SenderView, WholeView } from '../../../client/index.ts';

export const NOW = Date.parse('2026-05-04T12:00:00.000Z');
const MINUTE = 60_000;

/** ISO 8601, so many minutes from {@link NOW}. */
export const at = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();

export function aView(
  fields: Partial<WholeView> &
    Partial<Pick<SenderView, 'stuckBecause' | 'missingKeys' | 'calls'>> = {},
): SenderView {
  return {
    reference: 'customer-42',
    runId: 'a-run',
    status: 'awaiting-terms',
    waitingFor: ['terms'],
    problem: null,
    since: at(-3 * 24 * 60),
    startedAt: at(-4 * 24 * 60),
    deadline: at(27 * 24 * 60),
    nextReminder: at(2 * 24 * 60),
    outcome: null,
    accountId: '1001',
    language: 'fr',
    fieldErrors: [],
    question: null,
    notVisible: [],
    claims: [],
    requests: [],
    overrides: [],
    lastRead: { at: at(-90), answer: 'account: email yes, terms no' },
    paymentLink: null,
    maskedEmail: 'j…@example.org',
    emailVerified: false,
    otherAddress: null,
    addressCorrected: null,
    returnUrl: null,
    refreshUrl: null,
    linksValidFrom: null,
    version: 7,
    partial: false,
    stuck: false,
    stuckBecause: [],
    missingKeys: [],
    calls: [],
    ...fields,
  };
}
