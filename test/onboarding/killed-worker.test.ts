/** The worker is killed while AR24 carries out what it asked for: no effect more than needed. */
import { expect, test } from '@jest/globals';
import { accountsCreated, callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { registerUpdate } from '../../workflows/contract/index.ts';
import { registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { recordHistory } from '../support/histories.ts';
import { openWorld } from '../support/world.ts';

const WRITES = [
  'POST /user',
  'POST /user/request_access',
  'POST /user/request_cgu',
  'POST /user/identity',
] as const;

/** A dead worker is noticed by its missing heartbeats: 30 s, on the clock on the wall. */
const LIMIT_MS = 120_000;

test(
  'killed in the middle of a creation, an access request, one for the terms and an identity order',
  async () => {
    const { simulator, start, startKillableWorker, replaceWorker } = await openWorld({
      replaceable: true,
      simulator: { switches: { termsMailOnCreation: false } },
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

    // AR24 takes its time, and carries everything out whether we live or not.
    simulator.setFaults({ latencyMs: { min: 10_000, max: 10_000, routes: [...WRITES] } });
    await created.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
    const asked = await start({ reference: 'asked', email: 'holder@example.org' });
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
    await created.minutes(1);

    expect(await created.reaches('awaiting-email')).toMatchObject({ problem: null });
    expect(accountsCreated(simulator)).toBe(1);
    expect(callsTo(simulator, 'POST /user')).toBe(1);

    const repeated = { times: 2, answersLost: 1 };
    const attachment = await asked.reaches('awaiting-attachment');
    expect(attachment.asked).toMatchObject([{ what: 'access', ...repeated }]);
    expect(mailsSent(simulator, 'access-request')).toBe(2);
    expect((await terms.reaches('awaiting-terms')).asked).toMatchObject([
      { what: 'terms', ...repeated },
    ]);
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
    for (const [sender, how] of [
      [created, 'created'],
      [asked, 'attached'],
      [terms, 'found'],
    ] as const) {
      expect(await sender.outcome()).toMatchObject({ kind: 'ready', how });
      await recordHistory(`worker-killed-${how}`, sender.handle);
    }
    await recordHistory('worker-killed-identity', identity.handle);
  },
  LIMIT_MS,
);
