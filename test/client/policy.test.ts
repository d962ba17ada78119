import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { InvalidRequestError, OnboardingClient } from '../../client/index.ts';
import { DEFAULT_POLICY, type Policy } from '../../workflows/contract/index.ts';
import { dataConverter } from '../support/encryption.ts';

/** Never connected: a policy is judged before anything is sent. */
const temporal = new Client({
  connection: Connection.lazy({ address: '127.0.0.1:1' }),
  dataConverter,
});
const hashKey = { version: '1', key: randomBytes(32) };

function faultsOf(changes: Partial<Policy>): readonly string[] {
  try {
    new OnboardingClient({ temporal, hashKey, policy: { ...DEFAULT_POLICY, ...changes } });
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return error.faults.map(({ path }) => path);
  }
}

test.each<[string, Partial<Policy>, readonly string[]]>([
  ['the default', {}, []],
  ['no reminders', { reminderDays: [] }, []],
  ['days that fall', { reminderDays: [5, 2] }, ['policy.reminderDays']],
  ['a deadline of none', { deadlineDays: 0 }, ['policy.deadlineDays']],
  [
    'a time zone that is none',
    { reminderHours: { from: 9, to: 19, timeZone: 'Europe/Lutetia' } },
    ['policy.reminderHours.timeZone'],
  ],
  [
    'hours that end before they begin',
    { reminderHours: { from: 19, to: 9, timeZone: 'Europe/Paris' } },
    ['policy.reminderHours'],
  ],
  ['polls that never come', { poll: { firstSeconds: 60, maxSeconds: 30 } }, ['policy.poll']],
])('a policy with %s is judged before anything starts', (_name, changes, faults) => {
  expect(faultsOf(changes)).toEqual(faults);
});
