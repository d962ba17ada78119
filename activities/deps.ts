import type { Ar24Client } from '../ar24/index.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Ar24Metrics } from './metrics.ts';

/** The partner's settings of its AR24 token and its practice. */
export interface ActivitySettings {
  /**
   * `claim`: AR24's `cgu` field may never show the terms as accepted, so a claim proves them too. The worker makes it
   * a part of the policy, which onboardings read.
   */
  readonly termsProof: 'field' | 'claim';
  /**
   * Whether AR24 mails its terms after a creation by itself (`automatic`), so that we request that mail as a
   * reminder only, or we `request` it at once.
   */
  readonly termsMail: 'request' | 'automatic';
  /** AR24 lets this token create accounts with the terms accepted (`cgu=1`), if the partner has evidence. */
  readonly preAcceptTerms: boolean;
  /** AR24 lets this token create accounts with the address confirmed, if the partner verified it. */
  readonly preConfirmEmail: boolean;
  /** `link`: AR24 returns a payment link to show, and mails none. */
  readonly paymentRequest: 'mail' | 'link';
}

export interface Deps {
  readonly ar24: Ar24Client;
  readonly circuitBreaker: CircuitBreaker;
  readonly metrics: Ar24Metrics;
  readonly settings: ActivitySettings;
  readonly writesPaused: WritesPausedNow;
  readonly restoredAt: RestoredAt;
}

/** Whether an operator has paused all writes to AR24. @throws if Temporal does not answer */
export type WritesPausedNow = () => Promise<boolean>;

/** When Temporal was last restored from a backup, as an operator recorded it. @throws if Temporal does not answer */
export type RestoredAt = () => Promise<Date | undefined>;
