/** Which dates AR24 accepts: the ends of its window by bisection, and a date that is used twice. */
import { setTimeout as pause } from 'node:timers/promises';
import { ar24Date } from '../../ar24/date.ts';
import { outcomeOf, SkipStep, type Session } from '../session.ts';
import type { Step } from '../step.ts';

const DAY_S = 86_400;
/** Windows that are larger count as this large. */
const MOST_S = 3_600;
/** Accepted by every AR24 that follows its documentation, also if the clocks differ by a minute. */
const INSIDE_S = 120;
/** Milliseconds of a second in which a call is made. Later, the next second could begin before it arrives. */
const EARLY_MS = { from: 20, to: 400 };
const MOST_ATTEMPTS = 4;
const ONE = { max: '1' };

export const dates: Step = {
  name: 'dates',
  kind: 'reads',
  needs: [],
  announces: [],
  // The search of each end of the window makes up to 13 refused calls, and each again while its answer is slow.
  finds:
    'how far a date may be in the past and in the future, and whether it may be used twice (some 25 calls with a ' +
    'wrong date on purpose, and more if AR24 answers slowly)',
  async run(session) {
    const pastDate = await outcomeAt(session, -DAY_S);
    const futureDate = await outcomeAt(session, DAY_S);
    session.found({ pastDate, futureDate });
    if ((await session.wire.get('user/list', ONE)).outcome !== 'success') {
      throw new SkipStep(`AR24 refuses a date of the next minutes: set the clock of this machine`);
    }
    await findReuse(session);
    if (pastDate === 'success' || futureDate === 'success') {
      session.note('AR24 does not compare the date with its clock');
      return;
    }
    // Anything but the refusals of yesterday and tomorrow means that the date itself was accepted.
    const isInside = async (aheadS: number): Promise<boolean> => {
      const outcome = await outcomeAt(session, aheadS);
      return outcome !== pastDate && outcome !== futureDate;
    };
    const aheadOfUs = await clockDifference(session);
    session.found({
      clockDifferenceS: aheadOfUs,
      pastToleranceS: aheadOfUs - (await lastInside(isInside, INSIDE_S, -MOST_S)),
      futureToleranceS: (await lastInside(isInside, INSIDE_S, MOST_S)) - aheadOfUs,
    });
  },
};

async function findReuse(session: Session): Promise<void> {
  const date = ar24Date(await session.wire.dates.next());
  const first = await session.wire.get('user/list', ONE, { date });
  const again = await session.wire.get('user/list', ONE, { date });
  if (first.outcome === 'success') session.found({ dateReuse: outcomeOf(again) });
}

/** The last second, from `inside` towards `end`, that is inside. */
async function lastInside(
  isInside: (aheadS: number) => Promise<boolean>,
  inside: number,
  end: number,
): Promise<number> {
  if (await isInside(end)) return end;
  let [last, outside] = [inside, end];
  while (Math.abs(outside - last) > 1) {
    const middle = Math.round((last + outside) / 2);
    if (await isInside(middle)) last = middle;
    else outside = middle;
  }
  return last;
}

/** @param aheadS of this machine's clock */
async function outcomeAt(session: Session, aheadS: number): Promise<string | undefined> {
  return withinASecond(async (nowS) => {
    const date = ar24Date(session.wire.dates.use(nowS + aheadS));
    return outcomeOf(await session.wire.get('user/list', ONE, { date }));
  });
}

/** In seconds; 0 where AR24 sends no Date header. A header may be a second old: the median of three counts. */
async function clockDifference(session: Session): Promise<number> {
  const differences: number[] = [];
  for (let sample = 0; sample < 3; sample += 1) {
    differences.push(
      await withinASecond(async (nowS) => {
        const { clockS } = await session.wire.get('user/list', ONE);
        return clockS === undefined ? 0 : clockS - nowS;
      }),
    );
  }
  return differences.sort((one, other) => one - other)[1] ?? 0;
}

/**
 * Makes a call early in a second, so that it arrives in the same one. If its answer arrives in the next second, it is
 * made again, a few times: a slow AR24 makes the result inexact by a second.
 *
 * @param call gets the second, since the epoch
 */
async function withinASecond<T>(call: (nowS: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const intoMs = Date.now() % 1000;
    if (intoMs < EARLY_MS.from) await pause(EARLY_MS.from - intoMs);
    else if (intoMs > EARLY_MS.to) await pause(1000 - intoMs + EARLY_MS.from);
    const nowS = Math.floor(Date.now() / 1000);
    const result = await call(nowS);
    if (Math.floor(Date.now() / 1000) === nowS || attempt === MOST_ATTEMPTS) return result;
  }
}
