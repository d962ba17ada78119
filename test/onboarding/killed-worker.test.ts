/** The worker is killed while AR24 carries out its call: no effect more than needed. */
import { expect, test } from '@jest/globals';
import { accountsCreated, callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { registerUpdate } from '../../workflows/contract/index.ts';
import { registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const WRITES = [
  'POST /user',
  'POST /user/request_access',
  'POST /user/request_cgu',
  'POST /user/identity',
] as const;

/** Temporal notices a dead worker by its missing heartbeats, after 30 s of real time. */
const LIMIT_MS = 120_000;

test(
  'killed during a creation, an access request, a terms request and an identity order',
  async () => {
    const { simulator, start, startKillableWorker, replaceWorker } = await openTestEnv({
      killable: true,
    });
    const worker = await startKillableWorker();
    const accounts: [string, object][] = [
      ['holder@example.org', {}],
      ['terms@example.org', { cgu: '0', attached: '1' }],
      ['identity@example.org', { attached: '1' }],
    ];
    for (const [email, more] of accounts) simulator.createAccount({ email, ...more });
    const created = await start({ reference: 'created', email: 'new@example.org' });
    await created.reaches('awaiting-registration');
    const before = WRITES.map((route) => callsTo(simulator, route));

    // AR24 is slow, and carries the call out whether the worker lives or not.
    simulator.setFaults({ latencyMs: { min: 10_000, max: 10_000, routes: [...WRITES] } });
    await created.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
    const requesting = await start({ reference: 'asked', email: 'holder@example.org' });
    const vouched = { emailVerified: true } as const;
    const terms = await start({ reference: 'terms', email: 'terms@example.org', ...vouched });
    const identity = await start({
      reference: 'identity',
      email: 'identity@example.org',
      require: ['identity'],
      ...vouched,
    });
    await created.shows('all four called', () =>
      WRITES.every((route, n) => callsTo(simulator, route) > (before[n] ?? 0)),
    );
    await worker.kill();
    simulator.setFaults({ latencyMs: null });
    await replaceWorker();

    expect(await created.reaches('awaiting-email')).toMatchObject({ problem: null });
    expect(accountsCreated(simulator)).toBe(1);
    expect(callsTo(simulator, 'POST /user')).toBe(1);

    const repeated = { times: 2, unconfirmed: 1 };
    for (const [sender, kind] of [
      [requesting, 'access'],
      [terms, 'terms'],
    ] as const) {
      const { requests } = await sender.shows('the repetition', (view) =>
        view.requests.some(({ times }) => times === repeated.times),
      );
      expect(requests).toMatchObject([{ kind, ...repeated }]);
    }
    expect(mailsSent(simulator, 'access-request')).toBe(2);
    expect(new Person(simulator, 'terms@example.org').mails('terms')).toHaveLength(2);
    expect(await identity.reaches('awaiting-operator')).toMatchObject({
      question: 'identity-order-lost',
    });
    expect(lettersSent(simulator)).toBe(1);

    await new Person(simulator, 'holder@example.org').acceptsAccess();
    await new Person(simulator, 'terms@example.org').acceptsTerms();
    const person = new Person(simulator, 'new@example.org');
    await person.confirmsEmail();
    await person.acceptsTerms();
    for (const sender of [created, requesting, terms]) await sender.check();
    for (const [sender, how] of [
      [created, 'created'],
      [requesting, 'attached'],
      [terms, 'found'],
    ] as const) {
      expect(await sender.outcome()).toMatchObject({ kind: 'ready', how });
      await recordHistory(`worker-killed-${how}`, sender.handle);
    }
    await recordHistory('worker-killed-identity', identity.handle);
  },
  LIMIT_MS,
);
