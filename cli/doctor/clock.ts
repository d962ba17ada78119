import type { Ar24Failure } from '../../ar24/index.ts';
import { failed, ok, skipped, warning, type Finding } from './finding.ts';

/** AR24 takes dates from now to this much later (docs/ar24-api.md 1.3). */
const WINDOW_S = 600;
/** A call under way for longer than this may miss the window. */
const NARROW_S = 30;
const SET_CLOCK = 'Have this machine set its clock by NTP (`timedatectl set-ntp true`).';

export interface ClockEvidence {
  /** How AR24 took a dated call; undefined: it accepted it. */
  readonly failure: Ar24Failure | undefined;
  /** Ours minus theirs, in seconds; undefined where nobody tells. */
  readonly differenceS: number | undefined;
  /** By how much signed dates are ahead of our clock. */
  readonly aheadS: number;
}

/** AR24's word on a dated call counts first: the header may be that of a proxy. */
export function checkClock({ failure, differenceS, aheadS }: ClockEvidence): Finding {
  const seen = differenceS === undefined ? '' : `; by its Date header, ${differently(differenceS)}`;
  if (failure?.kind === 'clock') {
    return failed(`${refusal(failure.slug, aheadS)}${seen}`, SET_CLOCK);
  }
  if (differenceS === undefined) {
    return failure === undefined
      ? ok('AR24 took a date of this machine')
      : skipped('not known: AR24 neither took a date nor told its own');
  }
  const signedS = differenceS + aheadS;
  const aside = Math.min(signedS, WINDOW_S - signedS);
  if (aside >= NARROW_S) return ok(differently(differenceS));
  const found = `${differently(differenceS)}, dates are signed ${aheadS} s ahead, and AR24 takes from now to ${WINDOW_S} s later`;
  const change = 'Or change AR24_DATE_AHEAD_S.';
  // What AR24 has just taken is not wrong, but may be a moment later.
  if (failure === undefined) return warning(found, SET_CLOCK, change);
  return aside < 0 ? failed(found, SET_CLOCK, change) : warning(found, SET_CLOCK, change);
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
