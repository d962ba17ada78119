import { expect, test } from '@jest/globals';
import { newSender, withCarriedOver } from '../../workflows/state/new-sender.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { onboardingRequest } from '../support/people.ts';
import { acting, attached, DAY, senderAfter, accountRead, START } from './events.ts';

const first = newSender(
  {
    request: onboardingRequest(),
    emailHashes: ['1.first'],
    accessRequestedBefore: false,
    identityOrderedBefore: false,
  },
  START,
);
const carried = senderAfter([
  acting('read-account', START),
  accountRead(attached(), START),
  { kind: 'extended', until: START + DAY, at: START },
]);

/** Values of one thing each, which are carried over as a whole. */
const WHOLE = ['request', 'access'];

test.each(
  Object.entries(first)
    .filter(([name, value]) => !WHOLE.includes(name) && value !== null && typeof value === 'object')
    .flatMap(([group, value]) => Object.keys(value as object).map((field) => [group, field])),
)('a run of an earlier build did not know %s.%s yet: it begins with its first value', (...path) => {
  const [group, field] = path as [keyof Sender, never];
  const { [field]: _unknown, ...known } = carried[group] as object;
  const expected = { ...known, [field]: (first[group] as object)[field] };
  const resumed = withCarriedOver(first, { ...carried, [group]: known });
  expect(resumed).toEqual({ ...carried, [group]: expected });
});

test('a run that continues knows what the run before knew', () => {
  expect(withCarriedOver(first, carried)).toEqual(carried);
});
