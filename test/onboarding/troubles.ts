/** AR24's faults, as which problem each is shown, and how soon. */
import type { Faults } from '../../simulator/index.ts';
import type { ProblemKind } from '../../workflows/contract/index.ts';

/** Minutes until it is shown. */
interface Shown {
  readonly least: number;
  readonly most: number;
}

/** A problem is shown after a quarter of an hour of tries; or at once, if tries are useless. */
const PATIENT: Shown = { least: 15, most: 20 };
const AT_ONCE: Shown = { least: 0, most: 1 };

export interface Trouble {
  readonly what: string;
  readonly faults: Faults;
  readonly kind: ProblemKind;
  readonly shown: Shown;
  /**
   * It is unknown whether a mail was sent: it is repeated at once, and then left to the reminder.
   */
  readonly mayHaveMailed?: true;
  readonly timeoutMs?: number;
}

export const TROUBLES: readonly Trouble[] = [
  { what: 'maintenance', faults: { maintenance: {} }, kind: 'maintenance', shown: PATIENT },
  {
    what: '429-with-retry-after',
    faults: { throttle: { status: 429, retryAfter: 90 } },
    kind: 'throttled',
    shown: PATIENT,
  },
  {
    what: '503-with-no-time',
    faults: { throttle: { status: 503, retryAfter: null } },
    kind: 'throttled',
    shown: PATIENT,
    mayHaveMailed: true,
  },
  {
    what: '5xx',
    faults: { http5xx: { status: 502 } },
    kind: 'unreachable',
    shown: PATIENT,
    mayHaveMailed: true,
  },
  {
    what: 'no-connection',
    faults: { reset: {} },
    kind: 'unreachable',
    shown: PATIENT,
    mayHaveMailed: true,
  },
  {
    what: 'no-answer',
    faults: { hang: {} },
    kind: 'unreachable',
    shown: PATIENT,
    mayHaveMailed: true,
    timeoutMs: 600,
  },
  {
    what: 'malformed-answers',
    faults: { malformed: {} },
    kind: 'contract',
    shown: AT_ONCE,
    mayHaveMailed: true,
  },
  { what: 'an-unknown-slug', faults: { unknownSlug: {} }, kind: 'unknown-slug', shown: AT_ONCE },
];

/** The faults that end these. */
export const none = (faults: Faults): Faults =>
  Object.fromEntries(Object.keys(faults).map((name) => [name, null]));
