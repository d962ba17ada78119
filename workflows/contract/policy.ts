/**
 * How patient an onboarding is, what proves the terms, and whether the partner is notified. These are settings of the worker: an onboarding
 * reads them as it begins, and again when `applyPolicy` is signalled.
 */
export interface Policy {
  /** Days after the request, or after the requirement became outstanding at which the person is reminded, in rising order. */
  readonly reminderDays: readonly number[];
  /** Working hours for mails: Monday to Saturday, `from` ≤ hour < `to` in `timeZone`. */
  readonly reminderHours: {
    readonly from: number;
    readonly to: number;
    readonly timeZone: string;
  };
  /** Whether a reminder for the attachment requests access again. */
  readonly remindAttachment: boolean;
  /** Days without progress after which an onboarding expires. */
  readonly deadlineDays: number;
  /** Seconds until the first read of AR24 while waiting, and at most between two reads. */
  readonly poll: { readonly firstSeconds: number; readonly maxSeconds: number };
  /** Seconds until the first retry while there is a problem, and at most between two retries. */
  readonly repair: { readonly firstSeconds: number; readonly maxSeconds: number };
  /**
   * What proves that the terms were accepted: only the field of the account, or also a claim
   * (ONBOARDING_TERMS_PROOF).
   */
  readonly termsProof: 'field' | 'claim';
  /** Whether the partner is notified of each change (ONBOARDING_NOTIFY_URL). */
  readonly notify: boolean;
}

/** A worker's policy, as an onboarding reads it. */
export interface WorkerPolicy {
  readonly policy: Policy;
  /** Hash of it, by which onboardings under another policy are counted. */
  readonly fingerprint: string;
}

/** Where the partner sets nothing. */
export const DEFAULT_POLICY: Policy = {
  reminderDays: [2, 5, 10, 20],
  reminderHours: { from: 9, to: 19, timeZone: 'Europe/Paris' },
  remindAttachment: true,
  deadlineDays: 30,
  poll: { firstSeconds: 600, maxSeconds: 43_200 },
  repair: { firstSeconds: 900, maxSeconds: 21_600 },
  termsProof: 'field',
  notify: false,
};

/** Pauses of polls where AR24's webhooks announce what people accept: 30 silent days take at most 50 billed actions. */
export const POLL_BESIDE_WEBHOOKS: Policy['poll'] = { firstSeconds: 28_800, maxSeconds: 86_400 };
