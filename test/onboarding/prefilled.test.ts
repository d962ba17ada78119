/** The part of the form that the partner gives: kept for the sender's page, and shown nowhere else. */
import { expect, test } from '@jest/globals';
import {
  prefillQuery,
  prefillUpdate,
  registerUpdate,
  type Prefill,
} from '../../workflows/contract/index.ts';
import { recordHistory } from '../support/histories.ts';
import { accountsCreated } from '../support/ledger.ts';
import { registrationForm } from '../support/people.ts';
import { openTestEnv } from '../support/test-env.ts';

const GIVEN: Prefill = { statut: 'association', city: 'Unmistakable-sur-Mer' };

test('a prefill is kept and replaced, creates no account, and is not in the view', async () => {
  const { start, simulator } = await openTestEnv();
  const sender = await start({ prefill: GIVEN });
  const before = await sender.reaches('awaiting-registration');
  expect(await sender.handle.query(prefillQuery)).toEqual(GIVEN);
  const next: Prefill = { firstname: 'Zoé' };
  const after = await sender.handle.executeUpdate(prefillUpdate, { args: [next] });
  expect({ ...after, version: 0 }).toEqual({ ...before, version: 0 });
  expect(await sender.handle.query(prefillQuery)).toEqual(next);
  expect(JSON.stringify(after)).not.toMatch(/Unmistakable|Zoé/);
  expect(accountsCreated(simulator)).toBe(0);
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  await sender.reaches('awaiting-email');
  expect(simulator.accounts()[0]).toMatchObject({ city: registrationForm().city });
  await sender.handle.cancel();
  await sender.outcome();
  await recordHistory('prefilled', sender.handle);
  await expect(sender.handle.executeUpdate(prefillUpdate, { args: [GIVEN] })).rejects.toThrow();
});

test.each([
  ['a field outside the list', { password: 'secret' }, /not in the fixed list/],
  ['a value that is no text', { city: 7 }, /city is not a text/],
  ['no fields', 'Lyon', /not an object of fields/],
])('a prefill sent by hand with %s is rejected', async (_what, prefill, reason) => {
  const { start } = await openTestEnv();
  const sender = await start();
  await sender.reaches('awaiting-registration');
  const sent = sender.handle.executeUpdate(prefillUpdate.name, { args: [prefill] });
  await expect(sent).rejects.toMatchObject({ cause: { message: expect.stringMatching(reason) } });
  expect(await sender.handle.query(prefillQuery)).toBeNull();
});
