/** Mails go out when people work: Monday to Saturday, by the clock on their wall. */
import type { Policy } from '../contract/policy.ts';

type Hours = Policy['reminderHours'];

const HOUR = 3_600_000;
const DAY_LIMIT_HOURS = 24 * 8;

// Shared by all workflows of a worker. It holds no state of theirs: a formatter depends on its time zone alone.
// eslint-disable-next-line no-restricted-syntax
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter is dear, and each needs 30 KiB, so there is one a time zone. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
  clocks.set(timeZone, clock);
  return clock;
}

/** "Mon 09:30", perhaps with a comma. */
const CLOCK = /^(\w+),? (\d+):(\d+)$/;

function readClock(at: number, timeZone: string) {
  const [, weekday, hour, minute] = CLOCK.exec(clockOf(timeZone).format(at)) ?? [];
  return { weekday, hour: Number(hour), minute: Number(minute) };
}

/** The first moment from `at` (ms since the epoch) on that lies within the hours. */
export function withinHours(at: number, hours: Hours): number {
  let moment = at;
  for (let hour = 0; hour < DAY_LIMIT_HOURS; hour++) {
    const clock = readClock(moment, hours.timeZone);
    if (clock.weekday !== 'Sun' && clock.hour >= hours.from && clock.hour < hours.to) return moment;
    // To the next full hour: an offset changes only on the hour, so none is skipped.
    moment += HOUR - (clock.minute * 60_000 + (moment % 60_000));
  }
  return at;
}
