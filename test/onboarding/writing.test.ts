/** Addresses and names as people write them. */
import { expect, test } from '@jest/globals';
import { registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

test.each([
  ['another-case', 'Zoe.Brule@Example.ORG', 'zoe.brule@example.org'],
  ['a-plus', 'zoe+lettres@example.org', 'zoe+lettres@example.org'],
  ['accents', 'zoé.brûlé@exämple.org', 'zoé.brûlé@exämple.org'],
])('an address with %s finds its account', async (writing, typed, known) => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({
    email: known,
    confirmed: '1',
    cgu: '1',
    firstname: 'Z',
    lastname: 'B',
  });
  const sender = await start({ email: typed });
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, known).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory(`address-with-${writing}`, sender.handle);
});

const EMAIL = 'Zoé+lettres@exämple.org';

test('names and addresses reach AR24 unchanged', async () => {
  const { simulator, start } = await openTestEnv();
  const form = registrationForm({
    company: 'Œuvre & Façade — «Élysée» 100 %, S.A.R.L. 雪',
    address1: "1 bis, place de l'Église + cour",
    lastname: 'O’Brien-Łukasz',
  });
  const sender = await start({ email: EMAIL, registration: form });
  await sender.reaches('awaiting-email');
  expect(simulator.accounts()[0]).toMatchObject({
    company: form.company,
    address1: form.address1,
    lastname: form.lastname,
    email: EMAIL,
  });
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('letter-by-letter', sender.handle);
});
