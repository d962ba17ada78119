/** A request that AR24 refuses, contradicting what it just showed: the result is the refusal, with the snapshot as read. */
import { expect, test } from '@jest/globals';
import type { RequestResult } from '../../workflows/contract/index.ts';
import { onboardingRequest } from '../support/people.ts';
import { openCalls } from './calls.ts';

const { email } = onboardingRequest();
const slug = 'user_unavailable';
const refused = { kind: 'refused', slug } as const;
const retryBudgetMs = 1;

const WRITES = [
  { activity: 'requestTerms', route: 'POST /user/request_cgu' },
  { activity: 'requestPayment', route: 'POST /user/payment_request' },
  { activity: 'orderIdentity', route: 'POST /user/identity' },
] as const;

test.each(WRITES)(
  '$activity refused as unavailable, although AR24 shows the account as attached',
  async (write) => {
    const { simulator, start } = await openCalls();
    const { id: accountId } = simulator.createAccount({ email, attached: '1', confirmed: '1' });
    const read = await start('readAccount', { target: { by: 'id', id: accountId }, retryBudgetMs });
    const { result: unlessChangedFrom } = (await read.end()) as {
      result: RequestResult['snapshot'];
    };
    if (unlessChangedFrom?.kind !== 'attached') throw new Error('the account is not shown as ours');
    simulator.setFaults({ unknownSlug: { slug, routes: [write.route] } });
    const call = await start(write.activity, { accountId, unlessChangedFrom, retryBudgetMs });
    expect(await call.end()).toEqual({ result: { snapshot: unlessChangedFrom, answer: refused } });
  },
);

test('an access request refused as not existing, although AR24 shows the account', async () => {
  const { simulator, start } = await openCalls();
  simulator.createAccount({ email });
  simulator.setFaults({
    unknownSlug: { slug: 'user_not_exist', routes: ['POST /user/request_access'] },
  });
  const call = await start('requestAccess', { email, readFirst: true, retryBudgetMs });
  expect(await call.end()).toEqual({
    result: {
      snapshot: { kind: 'unavailable' },
      answer: { kind: 'refused', slug: 'user_not_exist' },
    },
  });
});
