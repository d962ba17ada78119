/** A write that is refused for what AR24 has just shown: told as it is, and not as a new sight. */
import { expect, test } from '@jest/globals';
import type { AskResult } from '../../workflows/contract/index.ts';
import { onboardingRequest } from '../support/people.ts';
import { openCalls } from './calls.ts';

const { email } = onboardingRequest();
const slug = 'user_unavailable';
const refused = { kind: 'refused', slug } as const;
const patienceMs = 1;

const WRITES = [
  { activity: 'requestTerms', route: 'POST /user/request_cgu' },
  { activity: 'requestPayment', route: 'POST /user/payment_request' },
  { activity: 'orderIdentity', route: 'POST /user/identity' },
] as const;

test.each(WRITES)('$activity refused as unavailable, of an account read as ours', async (write) => {
  const { simulator, start } = await openCalls();
  const { id: accountId } = simulator.createAccount({ email, attached: '1', confirmed: '1' });
  const look = await start('look', { target: { by: 'id', id: accountId }, patienceMs });
  const { result: unlessChangedFrom } = (await look.end()) as { result: AskResult['sighting'] };
  if (unlessChangedFrom?.kind !== 'attached') throw new Error('the account is not shown as ours');
  simulator.setFaults({ unknownSlug: { slug, routes: [write.route] } });
  const call = await start(write.activity, { accountId, unlessChangedFrom, patienceMs });
  expect(await call.end()).toEqual({ result: { sighting: unlessChangedFrom, asked: refused } });
});

test('access refused as not existing, of an account that is there', async () => {
  const { simulator, start } = await openCalls();
  simulator.createAccount({ email });
  simulator.setFaults({
    unknownSlug: { slug: 'user_not_exist', routes: ['POST /user/request_access'] },
  });
  const call = await start('requestAccess', { email, patienceMs });
  expect(await call.end()).toEqual({
    result: {
      sighting: { kind: 'unavailable' },
      asked: { kind: 'refused', slug: 'user_not_exist' },
    },
  });
});
