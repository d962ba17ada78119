/** Views as a client returns them, for pages that need no Temporal. */
import type { WholeView } from '../../../client/index.ts';

export function wholeView(fields: Partial<WholeView> = {}): WholeView {
  return {
    reference: 'customer-42',
    runId: 'run',
    partial: false,
    status: 'awaiting-terms',
    waitingFor: ['terms'],
    problem: null,
    since: '2026-03-02T09:30:00.000Z',
    startedAt: '2026-03-01T08:00:00.000Z',
    deadline: '2026-04-01T09:30:00.000Z',
    nextReminder: '2026-03-04T09:30:00.000Z',
    outcome: null,
    accountId: '1001',
    language: 'fr',
    fieldErrors: [],
    question: null,
    notVisible: [],
    claims: [],
    requests: [{ kind: 'terms', at: '2026-03-02T09:30:00.000Z', times: 1, unconfirmed: 0 }],
    overrides: [],
    lastRead: null,
    paymentLink: null,
    maskedEmail: 'z…@example.org',
    emailVerified: false,
    otherAddress: null,
    addressCorrected: null,
    returnUrl: null,
    refreshUrl: null,
    linksValidFrom: null,
    version: 7,
    ...fields,
  };
}

const LEFT = { accessRequested: true, identityOrdered: false };

/** One view for every status. */
export const VIEWS: Readonly<Record<WholeView['status'], WholeView>> = {
  'requesting-access': wholeView({
    ...{ status: 'requesting-access', waitingFor: [], accountId: null, requests: [] },
    problem: {
      kind: 'maintenance',
      since: '2026-03-02T09:30:00.000Z',
      nextTry: '2026-03-02T09:45:00.000Z',
    },
  }),
  'awaiting-registration': wholeView({
    ...{
      status: 'awaiting-registration',
      waitingFor: ['registration'],
      accountId: null,
      requests: [],
    },
    fieldErrors: [{ field: 'company_siret', slug: 'error_company_siret' }],
  }),
  'creating-account': wholeView({
    ...{ status: 'creating-account', waitingFor: [], accountId: null, requests: [] },
  }),
  'awaiting-attachment': wholeView({
    ...{ status: 'awaiting-attachment', waitingFor: ['attachment'], accountId: null },
    requests: [{ kind: 'access', at: '2026-03-02T09:30:00.000Z', times: 2, unconfirmed: 1 }],
    claims: [
      { what: 'attachment', by: 'page', at: '2026-03-02T09:30:00.000Z', contradicted: true },
    ],
  }),
  'awaiting-email': wholeView({ status: 'awaiting-email', waitingFor: ['email', 'terms'] }),
  'awaiting-terms': wholeView(),
  'awaiting-profile': wholeView({ status: 'awaiting-profile', waitingFor: ['profile'] }),
  'awaiting-payment': wholeView({
    ...{ status: 'awaiting-payment', waitingFor: ['payment', 'identity'] },
    paymentLink: 'https://pay.example.org/a?b=c&d=e',
  }),
  'awaiting-identity': wholeView({ status: 'awaiting-identity', waitingFor: ['identity'] }),
  'awaiting-operator': wholeView({
    ...{ status: 'awaiting-operator', waitingFor: ['operator'], question: 'whose-account' },
  }),
  ready: wholeView({
    ...{ status: 'ready', waitingFor: [], deadline: null, nextReminder: null },
    outcome: {
      ...{
        kind: 'ready',
        how: 'created',
        accountId: '1001',
        ownership: { kind: 'created' },
        overrides: [],
        ...LEFT,
      },
      missing: ['payment', 'identity'],
    },
  }),
  refused: wholeView({
    ...{ status: 'refused', waitingFor: [], deadline: null },
    outcome: { kind: 'refused', by: 'webhook', ...LEFT },
  }),
  expired: wholeView({
    ...{ status: 'expired', waitingFor: [], deadline: null },
    outcome: { kind: 'expired', waitingFor: ['terms'], ...LEFT },
  }),
  cancelled: wholeView({
    ...{ status: 'cancelled', waitingFor: [], deadline: null },
    outcome: { kind: 'cancelled', by: 'api:key', reason: 'internal words', ...LEFT },
  }),
  failed: wholeView({
    status: 'failed',
    waitingFor: [],
    outcome: { kind: 'failed', how: 'terminated' },
  }),
};

const at = '2026-03-02T09:30:00.000Z';
const created = { status: 'awaiting-email', waitingFor: ['email', 'terms'] } as const;
const AUTOMATIC = [{ kind: 'terms', at, times: 0, unconfirmed: 0 }] as const;

/** More states in which the page differs. */
export const SCENES = {
  'two-mails': wholeView({ ...created, requests: AUTOMATIC }),
  'one-mail-done': wholeView({ requests: AUTOMATIC }),
  'attachment-refused-here': wholeView({
    ...VIEWS['awaiting-attachment'],
    claims: [{ what: 'refusal', by: 'page', at, contradicted: false }],
  }),
  'payment-by-mail': wholeView({
    ...{ status: 'awaiting-payment', waitingFor: ['payment', 'identity'] },
    requests: [
      { kind: 'terms', at, times: 1, unconfirmed: 0 },
      { kind: 'payment', at, times: 1, unconfirmed: 0 },
      { kind: 'identity', at, times: 1, unconfirmed: 0 },
    ],
  }),
  'letter-ordered': wholeView({
    ...VIEWS['awaiting-identity'],
    requests: [{ kind: 'identity', at, times: 1, unconfirmed: 0 }],
  }),
  'form-unrefused': wholeView({ ...VIEWS['awaiting-registration'], fieldErrors: [] }),
  'address-refused': wholeView({
    ...VIEWS['awaiting-registration'],
    fieldErrors: [{ field: 'email', slug: 'email_wrong_format' }],
  }),
  'address-refused-verified': wholeView({
    ...{ ...VIEWS['awaiting-registration'], emailVerified: true },
    fieldErrors: [{ field: 'email', slug: 'email_wrong_format' }],
  }),
  'not-visible': wholeView({
    ...VIEWS['awaiting-operator'],
    ...{ question: 'not-visible', waitingFor: ['email', 'operator'], notVisible: ['email'] },
  }),
} as const satisfies Readonly<Record<string, WholeView>>;
