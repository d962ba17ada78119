/** One write fails while reads succeed: the mails that AR24 should send are not sent. */
import { expect, test } from '@jest/globals';
import type { Faults, Route } from '../../simulator/index.ts';
import { DEFAULT_POLICY } from '../../workflows/contract/index.ts';
import { callsTo, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';
import { none, TROUBLES } from './troubles.ts';

const { email, reference } = onboardingRequest();
const complete = { email, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;
const FIRST_TRY_AFTER_MS = DEFAULT_POLICY.repair.firstSeconds * 1000;
/** The first send, its repetition, and the early reminders, if AR24 mails without an answer. */
const MOST_MAILS = 2 + 2;

/**
 * Minutes, if a mail may have been sent: it is repeated once, after the next probe at the latest.
 */
const SENT_TWICE = { least: 0, most: 3 };

const WRITES = [
  {
    route: 'POST /user/request_access',
    mail: 'access-request',
    account: complete,
    waits: 'awaiting-attachment',
  },
  {
    route: 'POST /user/request_cgu',
    mail: 'terms',
    account: { ...complete, cgu: '0', attached: '1', custom_ref: reference },
    waits: 'awaiting-terms',
  },
] as const;

const CASES = WRITES.flatMap((write) => TROUBLES.map((trouble) => ({ ...write, ...trouble })));

test.each(CASES)(
  '$what at $route for six hours: shown, few mails, continues by itself',
  async ({ what, route, mail, account, waits, timeoutMs, ...trouble }) => {
    const { simulator, start } = await openTestEnv(timeoutMs === undefined ? {} : { timeoutMs });
    simulator.createAccount(account);
    simulator.setFaults(onlyAt(route, trouble.faults));
    const sender = await start();
    const shown = trouble.mayHaveMailed ? SENT_TWICE : trouble.shown;
    await sender.minutes(shown.most);
    const { problem: first } = await sender.shows('the problem', ({ problem }) => problem !== null);
    const { since = '', nextTry = '' } = first ?? {};
    const minutes = (Date.parse(nextTry) - FIRST_TRY_AFTER_MS - Date.parse(since)) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(shown.least);
    expect(minutes).toBeLessThan(shown.most);
    await sender.days(0.25);
    expect(await sender.view()).toMatchObject({
      problem: { kind: trouble.kind, since },
      deadline: null,
      outcome: null,
    });
    const mails = mailsSent(simulator, mail);
    expect(mails).toBeLessThanOrEqual(trouble.faults.malformed ? MOST_MAILS : 0);

    simulator.setFaults(none(trouble.faults));
    // At the next try; or with an early reminder, which waits for a working hour.
    const quarters = trouble.mayHaveMailed ? 12 : 2;
    for (let n = 0; n < quarters && mailsSent(simulator, mail) === mails; n++) {
      await sender.days(0.25);
    }
    const after = await sender.shows('no problem', ({ problem }) => problem === null);
    expect(after).toMatchObject({ status: waits });
    expect(mailsSent(simulator, mail)).toBe(mails + 1);
    await (mail === 'terms'
      ? new Person(simulator, email).acceptsTerms()
      : new Person(simulator, email).acceptsAccess());
    expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
    if (HISTORIES.has(what)) await recordHistory(`${what}-at-${mail}`, sender.handle);
  },
);

test('a mail refused for an account that AR24 shows: a problem, and few calls', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(WRITES[1].account);
  const { route } = WRITES[1];
  simulator.setFaults({ unknownSlug: { slug: 'user_unavailable', routes: [route] } });
  const sender = await start();
  const { problem: first } = await sender.shows('the problem', ({ problem }) => problem !== null);
  expect(first).toMatchObject({ kind: 'contract', slug: 'user_unavailable' });
  await sender.days(0.25);
  expect((await sender.view()).problem).toMatchObject({ kind: 'contract', since: first?.since });
  expect(callsTo(simulator, route)).toBeLessThanOrEqual(6);

  simulator.setFaults({ unknownSlug: null });
  await sender.check();
  await sender.shows('asked', ({ requests, problem }) => requests.length > 0 && problem === null);
  await new Person(simulator, email).acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('mail-refused-as-unavailable', sender.handle);
});

/** A fault that leaves the outcome certain, and one that leaves it unknown. */
const HISTORIES = new Set(['maintenance', 'malformed-answers']);

function onlyAt(route: Route, faults: Faults): Faults {
  return Object.fromEntries(
    Object.entries(faults).map(([name, fault]) => [name, { ...fault, routes: [route] }]),
  );
}
