/**
 * The outbox of notifications: it keeps the newest of each kind, also for late and repeated ones.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY, type Notification } from '../../workflows/contract/index.ts';
import {
  EMPTY_OUTBOX,
  isWaiting,
  nextOf,
  put,
  putAgain,
  without,
  type Outbox,
} from '../../workflows/notify/outbox.ts';
import {
  notifiedPartOf,
  notificationOf,
  sequenceAfter,
} from '../../workflows/notify/notification-of.ts';
import { isNotification } from '../../workflows/notify/outbox.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { newSender } from '../../workflows/state/new-sender.ts';
import { onboardingRequest } from '../support/people.ts';

const before = {
  emailHashes: ['1.own'],
  accessRequestedBefore: false,
  identityOrderedBefore: false,
};
const start = { request: onboardingRequest(), ...before, policy: DEFAULT_POLICY };
const view = viewOf(newSender(start, 0), 0);

const notification = (
  type: Notification['type'],
  sequence: number,
  since = view.since,
): Notification => ({
  ...notificationOf(type, { ...view, since }, { sequence, at: 0 }),
});
const update = (sequence: number, since?: string) =>
  notification('onboarding.updated', sequence, since);
const reminder = (sequence: number) => notification('onboarding.reminder', sequence);
const filled = (...all: Notification[]) => all.reduce(put, EMPTY_OUTBOX);

/** The notifications that are delivered, in their order, if no more are added. */
function delivered(outbox: Outbox): readonly Notification[] {
  const next = nextOf(outbox);
  return next ? [next, ...delivered(without(outbox, next))] : [];
}

test('a newer notification replaces an older one, in whatever order they arrive', () => {
  expect(delivered(filled(update(1), update(3), update(2)))).toEqual([update(3)]);
});

test('a delivered notification is not accepted again, nor an older one', () => {
  const second = update(2);
  const done = without(filled(second), second);
  expect(delivered(filled(update(2)))).toHaveLength(1);
  expect(delivered([update(2), update(1)].reduce(put, done))).toEqual([]);
  expect(delivered(put(done, update(3)))).toEqual([update(3)]);
});

test('a reminder is void once the person has acted, outlasts other notifications, and waits behind older ones', () => {
  const acted = update(2, '2026-03-05T09:00:00.000Z');
  expect(delivered(filled(reminder(1), acted))).toEqual([acted]);
  expect(delivered(filled(reminder(1), update(2)))).toEqual([reminder(1), update(2)]);
  expect(delivered(filled(reminder(1), reminder(2)))).toEqual([reminder(2)]);
  // Receivers drop a notification that is older than the last.
  expect(delivered(filled(update(2), reminder(1)))).toEqual([update(2)]);
  expect(delivered(filled(update(1), reminder(2)))).toEqual([update(1), reminder(2)]);
});

test('one that was delivered is delivered again, until a newer one comes', () => {
  const [first, second] = [update(1), update(2)];
  const done = without(filled(second), second);
  expect(delivered(putAgain(done, first))).toEqual([first]);
  expect(delivered([first, second].reduce(putAgain, done))).toEqual([first, second]);
  expect(delivered(put(putAgain(done, first), update(3)))).toEqual([update(3)]);
  // A reminder of what is still outstanding replaces no change.
  expect(delivered(put(putAgain(done, first), reminder(3)))).toEqual([first, reminder(3)]);
});

test('one that is put again while it is delivered begins again, and is delivered once', () => {
  const outbox = filled(update(1));
  const sending = nextOf(outbox);
  const once = putAgain(outbox, update(1));
  expect(sending && isWaiting(once, sending)).toBe(false);
  expect(delivered(once)).toEqual([update(1)]);
  const sendingAgain = nextOf(once);
  const twice = putAgain(once, update(1));
  expect(sendingAgain && isWaiting(twice, sendingAgain)).toBe(false);
  expect(delivered(twice)).toEqual([update(1)]);
});

test('no more than fifty are put again', () => {
  const many = Array.from({ length: 60 }, (_, n) => update(n + 1));
  expect(delivered(many.reduce(putAgain, EMPTY_OUTBOX))).toEqual(many.slice(0, 50));
});

test('with any notifications, sequences rise and the newest change is never lost', () => {
  const coming = fc.record({
    type: fc.constantFrom('onboarding.updated' as const, 'onboarding.reminder' as const),
    sequence: fc.integer({ min: 1, max: 30 }),
    takesNext: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(coming, { maxLength: 30 }), (all) => {
      let outbox = EMPTY_OUTBOX;
      const taken: Notification[] = [];
      for (const { type, sequence, takesNext } of all) {
        outbox = put(outbox, notification(type, sequence));
        const next = takesNext ? nextOf(outbox) : null;
        if (!next) continue;
        expect(isWaiting(outbox, next)).toBe(true);
        taken.push(next);
        outbox = without(outbox, next);
      }
      taken.push(...delivered(outbox));
      const updates = taken.filter(({ type }) => type === 'onboarding.updated');
      const sent = all.filter(({ type }) => type === 'onboarding.updated');
      expect(updates.at(-1)?.sequence).toBe(
        sent
          .map(({ sequence }) => sequence)
          .sort(rising)
          .at(-1),
      );
      for (const kind of [updates, taken.filter((one) => !updates.includes(one))]) {
        const sequences = kind.map(({ sequence }) => sequence);
        expect(sequences).toEqual([...new Set(sequences)].sort(rising));
      }
    }),
  );
});

const rising = (a: number, b: number) => a - b;

test.each([null, undefined, 'notify', {}, { type: 'other', sequence: 1, at: '', view: {} }, [1]])(
  'a signal sent by hand, %j, is ignored',
  (message) => {
    expect(isNotification(message)).toBe(false);
    expect(isNotification({ ...update(1), sequence: 0.5 })).toBe(false);
    expect(isNotification(update(1))).toBe(true);
  },
);

test('a hint causes no notification, and a notification has no address', () => {
  const sender = newSender(start, 1_000);
  const hinted = reduce(sender, { kind: 'check', at: 2_000 });
  expect(notifiedPartOf(viewOf(hinted, 2_000))).toBe(notifiedPartOf(viewOf(sender, 1_000)));
  const notification = notificationOf('onboarding.updated', viewOf(hinted, 2_000), {
    sequence: 1,
    at: 2_000,
  });
  expect(notification.view).not.toHaveProperty('maskedEmail');
  expect(notification.view).not.toHaveProperty('linksValidFrom');
});

test("the sender's own correction of the address is a notification, which names the author and no address", () => {
  const sender = newSender(start, 1_000);
  const address = {
    email: 'right@example.org',
    emailHashes: ['1.right'],
    emailVerified: false,
    by: 'sender',
  };
  const view = viewOf(reduce(sender, { kind: 'address-corrected', address, at: 2_000 }), 2_000);
  expect(notifiedPartOf(view)).not.toBe(notifiedPartOf(viewOf(sender, 1_000)));
  const notification = notificationOf('onboarding.updated', view, { sequence: 1, at: 2_000 });
  expect(notification.view.addressCorrected).toEqual({
    by: 'sender',
    at: new Date(2_000).toISOString(),
  });
  expect(JSON.stringify(notification)).not.toMatch(/@|returnUrl|refreshUrl/);
});

test('sequences follow the clock, and grow if it stops or is set back', () => {
  const times = [1_000, 1_000, 5_000, 2_000, 5_001, 9_000];
  const sequences = times.reduce<number[]>(
    (before, at) => [...before, sequenceAfter(before.at(-1) ?? 0, at)],
    [],
  );
  expect(sequences).toEqual([1_000, 1_001, 5_000, 5_001, 5_002, 9_000]);
});
