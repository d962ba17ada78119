/** The pauses of polls: how often a silent sender is read, and what happens if far too many wait. */
import { expect, test } from '@jest/globals';
import { pollPauseMs } from '../../activities/poll-pause.ts';
import { DEFAULT_POLICY, POLL_BESIDE_WEBHOOKS } from '../../workflows/contract/policy.ts';
import { seededRandom } from '../../simulator/faults/fault-draws.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
type Poll = typeof DEFAULT_POLICY.poll;

/** The tries of a poll until `ms`. The first one comes at once, and reads nothing. */
function triesWithin(ms: number, poll: Poll, random: () => number): number {
  let tries = 0;
  for (let elapsedMs = 0; elapsedMs < ms; tries += 1) {
    const tried = { number: tries + 1, elapsedMs, lateMs: 0 };
    elapsedMs += pollPauseMs(tried, { poll, recheck: [] }, random());
  }
  return tries;
}

test('30 silent days take 69 tries, and 32 where webhooks announce what people do', () => {
  expect(triesWithin(30 * DAY, DEFAULT_POLICY.poll, () => 0.5)).toBe(69);
  expect(triesWithin(30 * DAY, POLL_BESIDE_WEBHOOKS, () => 0.5)).toBe(32);
});

test('a claim that AR24 contradicts is checked again soon, also if polls are late', () => {
  const { poll } = DEFAULT_POLICY;
  const pauses = [1, 2, 3, 4].map((number) =>
    pollPauseMs({ number, elapsedMs: 3 * HOUR, lateMs: HOUR }, { poll, recheck: ['terms'] }, 0.5),
  );
  expect(pauses).toEqual([10_000, MINUTE, 5 * MINUTE, 100 * MINUTE]);
});

test('sign-ups that used the whole rate limit for an hour make nobody pause for longer than that', () => {
  const { poll } = DEFAULT_POLICY;
  const late = { number: 2, elapsedMs: HOUR, lateMs: 50 * MINUTE };
  expect(pollPauseMs(late, { poll, recheck: [] }, 0.5)).toBe(10 * MINUTE + HOUR / 2);
});

test('no delay makes a pause longer than a day', () => {
  const late = { number: 9, elapsedMs: 30 * DAY, lateMs: 20 * HOUR };
  const { poll } = DEFAULT_POLICY;
  expect(pollPauseMs(late, { poll, recheck: [] }, 0.5)).toBe(DAY);
});

/** All wait from the beginning on. Their polls have turns in the order in which they are due. */
function crowd(waiting: number, callsPerSecond: number, poll: Poll, days: number) {
  const random = seededRandom(1);
  const queue = Array.from({ length: waiting }, (_, n) => {
    const dueAt = (n * HOUR) / waiting;
    return { dueAt, readAt: dueAt, number: 1 };
  });
  let [freeAt, longestGapMs, inQueue, looks] = [0, 0, 0, 0];
  while (freeAt < days * DAY) {
    const next = queue[0];
    if (next === undefined) break;
    const readAt = Math.max(freeAt, next.dueAt);
    freeAt = readAt + 1000 / callsPerSecond;
    longestGapMs = Math.max(longestGapMs, readAt - next.readAt);
    const lateMs = readAt - next.dueAt;
    if (readAt > days * DAY * 0.5) {
      looks += 1;
      inQueue += lateMs * callsPerSecond;
    }
    const tried = { number: next.number, elapsedMs: readAt, lateMs };
    const dueAt = readAt + pollPauseMs(tried, { poll, recheck: [] }, random());
    replaceFirst(queue, { dueAt, readAt, number: next.number + 1 });
  }
  // Little's law: the queue is as long as the rate times the delay.
  return { longestGapMs, inQueue: inQueue / (1000 * looks) / waiting };
}

/** A heap by `dueAt`. */
function replaceFirst<T extends { readonly dueAt: number }>(heap: T[], value: T): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const [left, right] = [heap[child], heap[child + 1]];
    if (left === undefined) break;
    if (right !== undefined && right.dueAt < left.dueAt) child += 1;
    const smaller = heap[child];
    if (smaller === undefined || smaller.dueAt >= value.dueAt) break;
    heap[at] = smaller;
    at = child;
  }
  heap[at] = value;
}

test.each([
  { pauses: 'an hour', poll: { firstSeconds: 600, maxSeconds: 3_600 }, inQueue: 0.25 },
  // Pauses end at a day, while a round of all takes five.
  { pauses: 'half a day', poll: DEFAULT_POLICY.poll, inQueue: 0.85 },
])(
  'with ten times more waiting than pauses of $pauses allow, the queue stays short and nobody starves',
  ({ poll, inQueue }) => {
    const waiting = 2_000;
    const callsPerSecond = waiting / poll.maxSeconds / 10;
    const roundMs = (waiting / callsPerSecond) * 1000;
    const crowded = crowd(waiting, callsPerSecond, poll, (10 * roundMs) / DAY);
    // A pause is stretched by three rounds at most, and not beyond a day.
    const longestPauseMs = poll.maxSeconds * 1000 + Math.min(3 * roundMs, DAY);
    expect(crowded.longestGapMs).toBeLessThan(1.1 * longestPauseMs + roundMs);
    expect(crowded.inQueue).toBeLessThan(inQueue);
  },
);
