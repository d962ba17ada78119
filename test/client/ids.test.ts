/** Each kind of id is a type of its own. The compiler checks these lines; at run time all are strings. */
import { expect, test } from '@jest/globals';
import { notificationsIdOf, workflowIdOf } from '../../workflows/contract/index.ts';
import type { AccountId, EmailHash, Reference, RunId } from '../../workflows/contract/index.ts';

const reference: Reference = 'customer-42';
const runId: RunId = '7f6c';
const accountId: AccountId = '1001';
const emailHash: EmailHash = '1.own';

test('an id is not accepted where another kind is expected', () => {
  expect(workflowIdOf(reference)).toBe('sender-onboarding/customer-42');
  // @ts-expect-error a run's id is no reference
  workflowIdOf(runId);
  // @ts-expect-error an account's id is no reference
  notificationsIdOf(accountId);
  // @ts-expect-error a hash is no account's id
  const wrong: AccountId = emailHash;
  expect(wrong).toBe(emailHash);
});

test('a plain string is accepted as any of them, so that integrators convert nothing', () => {
  const plain: string = 'customer-42';
  expect(workflowIdOf(plain)).toBe('sender-onboarding/customer-42');
});
