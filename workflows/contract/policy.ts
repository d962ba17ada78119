/** How patient an onboarding is: part of its start, so that a change meets new ones only. */
export interface Policy {
  /** Days after asking at which the person is reminded, rising. */
  readonly reminderDays: readonly number[];
  /** Working hours for mails: Monday to Saturday, `from` ≤ hour < `to` in `timeZone`. */
  readonly reminderHours: {
    readonly from: number;
    readonly to: number;
    readonly timeZone: string;
  };
  /** Whether a reminder for the attachment asks AR24 for access again. */
  readonly remindAttachment: boolean;
  /** Days without progress after which an onboarding expires. */
  readonly deadlineDays: number;
  /** Seconds until the first and between the last looks at AR24 while waiting. */
  readonly poll: { readonly firstSeconds: number; readonly maxSeconds: number };
  /** Seconds between tries while AR24 or our configuration is in trouble. */
  readonly repair: { readonly firstSeconds: number; readonly maxSeconds: number };
  /** Whether the partner is told of each change (ONBOARDING_NOTIFY_URL). Absent: he is not. */
  readonly notify?: boolean | undefined;
}

/** What holds where the partner sets nothing. */
export const DEFAULT_POLICY: Policy = {
  reminderDays: [2, 5, 10, 20],
  reminderHours: { from: 9, to: 19, timeZone: 'Europe/Paris' },
  remindAttachment: true,
  deadlineDays: 30,
  poll: { firstSeconds: 600, maxSeconds: 43_200 },
  repair: { firstSeconds: 900, maxSeconds: 21_600 },
};
