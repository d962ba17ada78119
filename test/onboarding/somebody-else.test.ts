/**
 * AR24 answers about another person, whose account is ready: the sender never becomes ready with
 * it.
 */
import { expect, test } from '@jest/globals';
import { accountsCreated } from '../support/ledger.ts';
import type { Alter } from '../support/altered-ar24.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const OTHER = { id: 990_099, email: 'somebody.else@example.org', custom_ref: 'customer-43' };
const READY = { confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B', name: 'Zoé B' } as const;

/** Answers about another account, until the fault ends. */
function aboutAnother(route: string, by?: 'email' | 'id_user') {
  let isRepaired = false;
  const alter: Alter = (result, call) =>
    isRepaired || call.route !== route || (by !== undefined && !call.parameters.has(by))
      ? result
      : { ...result, ...READY, ...OTHER };
  return { alter, mend: () => (isRepaired = true) };
}

test('a vouched address, read by address: a problem, and ready once AR24 is repaired', async () => {
  const { alter, mend } = aboutAnother('GET /user');
  const { simulator, start } = await openTestEnv({ alter });
  const { id } = simulator.createAccount({ ...READY, email: EMAIL, attached: '1' });
  const sender = await start({ emailVerified: true });
  const view = await sender.shows('a problem', ({ problem }) => problem !== null);
  expect(view).toMatchObject({ problem: { kind: 'contract', field: 'result.email' } });
  expect(view).toMatchObject({ accountId: null, outcome: null });
  mend();
  await sender.check();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', accountId: id });
});

test('a holder who was asked, polled by address: a problem, until AR24 answers about them', async () => {
  const { alter, mend } = aboutAnother('GET /user', 'email');
  const { simulator, start } = await openTestEnv({ alter });
  const { id } = simulator.createAccount({ ...READY, email: EMAIL });
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).acceptsAccess();
  await sender.days(1);
  const view = await sender.shows('a problem', ({ problem }) => problem !== null);
  expect(view).toMatchObject({ problem: { kind: 'contract' }, accountId: null, outcome: null });
  mend();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached', accountId: id });
});

test('an account that we created, polled by id: a problem, until AR24 answers about it', async () => {
  const { alter, mend } = aboutAnother('GET /user', 'id_user');
  const { simulator, start } = await openTestEnv({ alter });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  const [account] = simulator.accounts();
  await sender.days(1);
  const view = await sender.shows('a problem', ({ problem }) => problem !== null);
  expect(view).toMatchObject({
    problem: { kind: 'contract', field: 'result.id' },
    accountId: account?.id,
  });
  mend();
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', accountId: account?.id });
});

test('a creation answered with another account: ours is read back, and created once', async () => {
  const { alter } = aboutAnother('POST /user');
  const { simulator, start } = await openTestEnv({ alter });
  const sender = await start({ registration: registrationForm() });
  const view = await sender.reaches('awaiting-email');
  expect(view).toMatchObject({ problem: null, accountId: simulator.accounts()[0]?.id });
  expect(accountsCreated(simulator)).toBe(1);
});

test('a creation answered with an id alone: the missing fields are read', async () => {
  const alter: Alter = (result, { route }) =>
    route === 'POST /user' ? { id: result['id'] } : result;
  const { simulator, start } = await openTestEnv({ alter });
  const sender = await start({ registration: registrationForm() });
  const view = await sender.reaches('awaiting-email');
  expect(view).toMatchObject({ waitingFor: ['email', 'terms'], problem: null });
  expect(view.lastRead?.answer).toMatch(/email no, terms no, profile yes/);
  expect(accountsCreated(simulator)).toBe(1);
});

test.each(['yes', 2, '01', { is: 1 }, [1]])(
  "a flag of %j is no yes: a problem that stays until AR24's answer is understood",
  async (confirmed) => {
    const { simulator, start } = await openTestEnv({
      alter: (result) => ({ ...result, confirmed }),
    });
    simulator.createAccount({ ...READY, email: EMAIL, attached: '1' });
    const sender = await start({ emailVerified: true });
    const view = await sender.shows('a problem', ({ problem }) => problem !== null);
    expect(view).toMatchObject({
      problem: { kind: 'contract', field: 'result.confirmed' },
      outcome: null,
    });
  },
);
