import type { Ar24Failure } from '../../ar24/index.ts';
import { failed, ok, skipped, warning, type Finding } from './finding.ts';

/** AR24 accepts dates from now to this much later (docs/ar24-api.md 1.3). */
const WINDOW_S = 600;
/** Nearer than this to an end of the window, a slow call may miss it. */
const NARROW_S = 30;
const SET_CLOCK = 'Have this machine set its clock by NTP (`timedatectl set-ntp true`).';

interface ClockEvidence {
  /** AR24's failure of a dated call; undefined where it accepted the call. */
  readonly failure: Ar24Failure | undefined;
  /** Our clock minus AR24's, in seconds; undefined where that is not known. */
  readonly differenceS: number | undefined;
  /** By how much signed dates are ahead of our clock. */
  readonly aheadS: number;
}

/** The result of a dated call counts more than the Date header, which may be that of a proxy. */
export function checkClock({ failure, differenceS, aheadS }: ClockEvidence): Finding {
  const seen = differenceS === undefined ? '' : `; by its Date header, ${differently(differenceS)}`;
  if (failure?.kind === 'clock') {
    return failed(
      `${refusal(failure.slug, aheadS)}${seen}`,
      SET_CLOCK,
      ...otherwise(failure.slug, aheadS, differenceS),
    );
  }
  if (differenceS === undefined) {
    return failure === undefined
      ? ok('AR24 accepted a date of this machine')
      : skipped('not known: AR24 neither accepted a date nor sent its own');
  }
  const signedS = differenceS + aheadS;
  const aside = Math.min(signedS, WINDOW_S - signedS);
  if (aside >= NARROW_S) return ok(differently(differenceS));
  const found = `${differently(differenceS)}, dates are signed ${aheadS} s ahead, and AR24 accepts from now to ${WINDOW_S} s later`;
  const change = 'Or change AR24_DATE_AHEAD_S.';
  // AR24 has just accepted the date, and may refuse one soon.
  if (failure === undefined) return warning(found, SET_CLOCK, change);
  return aside < 0 ? failed(found, SET_CLOCK, change) : warning(found, SET_CLOCK, change);
}

/** The remedy by AR24_DATE_AHEAD_S, for a clock that is right or cannot be set. */
function otherwise(slug: string, aheadS: number, differenceS: number | undefined): string[] {
  if (slug !== 'expired_date' && slug !== 'date_in_future') return [];
  const change = slug === 'expired_date' ? 'higher' : 'lower';
  const signedS = differenceS === undefined ? undefined : differenceS + aheadS;
  // AR24 refused a date that is right by the header: the header is of another clock.
  if (signedS === undefined || (signedS >= 0 && signedS <= WINDOW_S)) {
    return [
      `Or give the workers a ${change} AR24_DATE_AHEAD_S (now ${aheadS}, from 0 to ${WINDOW_S}).`,
    ];
  }
  // The middle of the window, by AR24's clock.
  const rightS = WINDOW_S / 2 - (signedS - aheadS);
  return rightS >= 0 && rightS <= WINDOW_S
    ? [`Or give the workers AR24_DATE_AHEAD_S=${rightS} (now ${aheadS}).`]
    : [
        `AR24_DATE_AHEAD_S (now ${aheadS}, from 0 to ${WINDOW_S}) cannot compensate so large a difference.`,
      ];
}

function refusal(slug: string, aheadS: number): string {
  switch (slug) {
    case 'expired_date':
      return `AR24 finds our dates in the past: this machine's clock is over ${aheadS} s behind`;
    case 'date_in_future':
      return `AR24 finds our dates in the future: this machine's clock is over ${WINDOW_S - aheadS} s ahead`;
    default:
      return `AR24 refuses our dates (${slug})`;
  }
}

function differently(differenceS: number): string {
  if (Math.abs(differenceS) <= 1) return "this machine's clock and AR24's agree";
  const how = differenceS > 0 ? 'ahead of' : 'behind';
  return `this machine's clock is ${Math.abs(differenceS)} s ${how} AR24's`;
}

/** How far this machine's clock is from that of AR24's server, by HTTP's `Date` header. */

/**
 * How far this machine's clock is from that of AR24's server, by the `Date` header of a HEAD request without
 * token or signature.
 *
 * @returns our clock minus theirs, in seconds, within about one; undefined where there is no answer or header
 */
export async function clockDifference(
  baseUrl: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const sentAt = Date.now();
    const answer = await fetch(baseUrl, { method: 'HEAD', redirect: 'manual', signal });
    const ours = (sentAt + Date.now()) / 2;
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    // The header has whole seconds, rounded down: half a second too early on average.
    return Number.isNaN(theirs) ? undefined : Math.round((ours - theirs - 500) / 1000);
  } catch {
    return undefined;
  }
}
