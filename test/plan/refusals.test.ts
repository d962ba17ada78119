/** The holder refuses access: reported by the partner, or said on the sender's page. AR24 itself does not show it. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { rejectRemind } from '../../workflows/state/rejections.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import {
  ABSENT,
  DAY,
  HOUR,
  SENT,
  START,
  UNAVAILABLE,
  UNCONFIRMED,
  accessRequested,
  accountRead,
  acting,
  answer,
  attached,
  failed,
  senderAfter,
  then,
} from './events.ts';

const refused = (at: number, by = 'them'): Event => ({ kind: 'refused', message: { by }, at });

const unconfirmed = (at: number): Event => answer('access-requested', UNCONFIRMED, UNAVAILABLE, at);

/** AR24 is read next, and then the onboarding ends as refused. */
function expectRefusalRead(sender: Sender, at: number): void {
  expect(plan(sender, at)).toMatchObject({ do: 'read-account' });
  const read = reduce(sender, accountRead(UNAVAILABLE, at + 1_000, at));
  expect(plan(read, at + 1_000)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'refused', by: 'them' },
  });
}

test('a refusal that is claimed during a read is not checked by that read', () => {
  const claimed = senderAfter([
    accessRequested(START),
    { kind: 'check', at: START + 10_000 },
    { kind: 'refused', message: { by: 'them' }, at: START + 12_000 },
    accountRead(UNAVAILABLE, START + 15_000, START + 10_000),
  ]);
  expect(claimed.access.kind).toBe('requested');
  const read = reduce(claimed, accountRead(UNAVAILABLE, START + 26_000, START + 25_000));
  expect(plan(read, START + 26_000)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'refused', by: 'them' },
  });
});

test('a refusal during the request for access counts, although one was claimed before the request', () => {
  const sender = senderAfter([
    { kind: 'refused', message: { by: 'the list of yesterday' }, at: START },
    acting('request-access', START + 1_000),
    { kind: 'refused', message: { by: 'them' }, at: START + 5_000 },
    answer('access-requested', SENT, UNAVAILABLE, START + 9_000, START + 1_000),
  ]);
  expect(plan(sender, START + 9_000)).toMatchObject({ do: 'read-account' });
  const read = reduce(sender, accountRead(UNAVAILABLE, START + 10_000, START + 9_000));
  expect(plan(read, START + 10_000)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'refused', by: 'them' },
  });
});

test('a refusal from before the request for access does not count for it', () => {
  const sender = senderAfter([
    { kind: 'refused', message: { by: 'the list of yesterday' }, at: START },
    acting('request-access', START + 1_000),
    answer('access-requested', SENT, UNAVAILABLE, START + 9_000, START + 1_000),
  ]);
  const read = reduce(sender, accountRead(UNAVAILABLE, START + 10_000, START + 9_000));
  expect(plan(read, START + 10_000)).toMatchObject({ do: 'wait' });
});

test('a refusal from the same moment in which access is first requested does not count for it', () => {
  const sender = senderAfter([
    refused(START, 'the list of yesterday'),
    acting('request-access', START),
    answer('access-requested', SENT, UNAVAILABLE, START + 1_000, START),
    accountRead(UNAVAILABLE, START + 2_000, START + 1_000),
  ]);
  expect(plan(sender, START + 2_000)).toMatchObject({ do: 'wait' });
});

test('a request whose answer was lost is not repeated after a refusal during it', () => {
  const sender = senderAfter([
    acting('request-access', START),
    refused(START + 60_000),
    answer('access-requested', UNCONFIRMED, UNAVAILABLE, START + 301_000, START),
  ]);
  expectRefusalRead(sender, START + 301_000);
});

test('a repetition in flight does not undo a refusal that a poll has confirmed meanwhile', () => {
  const sender = senderAfter([
    acting('request-access', START),
    answer('access-requested', UNCONFIRMED, UNAVAILABLE, START + 1_000, START),
    acting('request-access', START + 1_000),
    refused(START + 2_000),
    accountRead(UNAVAILABLE, START + 4_000, START + 3_000),
    answer('access-requested', SENT, UNAVAILABLE, START + 5_000, START + 1_000),
  ]);
  expect(plan(sender, START + 5_000)).toMatchObject({ do: 'finish', outcome: { kind: 'refused' } });
});

test('neither the repair, a reminder nor an operator has a holder mailed who has refused', () => {
  const twice = senderAfter([
    unconfirmed(START),
    unconfirmed(START + 1_000),
    refused(START + HOUR),
  ]);
  const notRead = then(
    twice,
    failed(
      'read-account',
      { problem: 'unreachable', delivered: 'no' },
      START + HOUR + 1_000,
      START + HOUR,
    ),
  );
  for (const at of [HOUR + 2_000, 2 * HOUR, 3 * DAY, 30 * DAY]) {
    expect(plan(notRead, START + at).do).not.toBe('request-access');
    expect(rejectRemind(notRead, START + at)).toMatch(/^a refusal was reported/);
  }
  expectRefusalRead(notRead, START + 3 * DAY);
});

test('a request that AR24 refuses because the holder refused ends once the refusal is reported', () => {
  const slug = { problem: 'unknown-slug', slug: 'access_refused', delivered: 'no' } as const;
  const sender = senderAfter([
    unconfirmed(START),
    failed('request-access', slug, START + 2_000, START + 1_000),
    refused(START + HOUR),
  ]);
  expectRefusalRead(sender, START + HOUR);
});

test('a reminder that is due waits for the read that a refusal asks for', () => {
  const at = START + 3 * DAY + HOUR;
  const sender = senderAfter([
    accessRequested(START),
    { kind: 'check', at: at - 12_000 },
    accountRead(UNAVAILABLE, at - 10_000, at - 12_000),
    refused(at - 5_000),
  ]);
  expect(plan(sender, at - 4_000)).toMatchObject({ do: 'wait' });
  expectRefusalRead(sender, at);
});

test('a holder who withdraws access and refuses is not asked again', () => {
  const sender = senderAfter([accountRead(attached(), START), refused(START + HOUR)]);
  expectRefusalRead(sender, START + HOUR);
  const withdrawn = then(
    sender,
    accountRead(UNAVAILABLE, START + HOUR + 1_000, START + HOUR - 1_000),
  );
  expectRefusalRead(withdrawn, START + HOUR + 60_000);
});

test('an answer that shows access from before a refusal does not erase it', () => {
  const sender = senderAfter([
    accountRead(attached(), START),
    refused(START + 500, 'the list of yesterday'),
    acting('request-terms', START + 1_000),
    refused(START + 60_000),
    answer('terms-requested', SENT, attached(), START + 301_000, START + 1_000),
  ]);
  expectRefusalRead(sender, START + 302_000);
});

test('a holder who refused is not asked again because AR24 once shows no account', () => {
  const sender = senderAfter(
    [
      accessRequested(START),
      accountRead(UNAVAILABLE, START + HOUR),
      refused(START + 2 * HOUR),
      accountRead(ABSENT, START + 2 * HOUR + 1_000),
    ],
    {},
    { remindAttachment: false },
  );
  expect(plan(sender, START + 3 * HOUR)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'refused' },
  });
});

test('a refusal counts for nothing where AR24 shows access', () => {
  const sender = senderAfter([
    accessRequested(START),
    refused(START + HOUR),
    accountRead(attached(), START + HOUR + 1_000),
    accountRead(UNAVAILABLE, START + DAY),
  ]);
  expect(plan(sender, START + DAY)).toMatchObject({ do: 'request-access' });
});

test("the holder's last word counts: an acceptance replaces a refusal that AR24 was not read for", () => {
  const sender = senderAfter([
    accessRequested(START),
    refused(START + HOUR),
    { kind: 'accepted', message: { what: 'attachment', by: 'them' }, at: START + HOUR + 4_000 },
    accountRead(UNAVAILABLE, START + HOUR + 20_000, START + HOUR + 10_000),
  ]);
  expect(sender.claims).toMatchObject({ attachment: { by: 'them' } });
  expect(plan(sender, START + HOUR + 20_000)).toMatchObject({ do: 'wait' });
});
