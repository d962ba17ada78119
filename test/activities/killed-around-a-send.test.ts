/** A worker dies, or counts as dead, around a request: at most one mail more, and no question more. */
import { expect, test } from '@jest/globals';
import type { Faults, Route } from '../../simulator/index.ts';
import { eventually } from '../support/eventually.ts';
import { callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { openTestEnv, type TestEnv } from '../support/test-env.ts';

/** Temporal notices a dead worker by its missing heartbeats, after 30 s of real time. */
const LIMIT_MS = 180_000;
const EMAIL = 'holder@example.org';
const opened = { email: EMAIL, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;

const slow = (...routes: Route[]): Faults => ({ latencyMs: { min: 6_000, max: 6_000, routes } });

function called({ simulator }: TestEnv, route: Route, times = 1) {
  return eventually(
    `called ${route} ${times} times`,
    () => Promise.resolve(callsTo(simulator, route)),
    (calls) => calls === times,
  );
}

test.each([
  ['in the request: one mail more, and the view says so', 'POST /user/request_access', 1],
  ['in the read before it: no mail more', 'GET /user', 0],
] as const)(
  'a worker killed %s',
  async (_when, route, unconfirmed) => {
    const testEnv = await openTestEnv({ killable: true });
    const { simulator, start, startKillableWorker, replaceWorker } = testEnv;
    simulator.createAccount(opened);
    const worker = await startKillableWorker();
    simulator.setFaults(slow(route));
    const sender = await start({ email: EMAIL });
    await called(testEnv, route);
    await worker.kill();
    simulator.setFaults({ latencyMs: null });
    await replaceWorker();
    const { requests } = await sender.shows(
      'all requests',
      (view) => view.requests[0]?.times === 1 + unconfirmed,
    );
    expect(requests).toMatchObject([{ kind: 'access', unconfirmed }]);
    expect(mailsSent(simulator, 'access-request')).toBe(1 + unconfirmed);
  },
  LIMIT_MS,
);

test(
  'a holder who accepts after a request whose answer was lost has accepted our request: no operator is asked',
  async () => {
    const testEnv = await openTestEnv({ killable: true });
    const { simulator, start, startKillableWorker, replaceWorker } = testEnv;
    simulator.createAccount(opened);
    const worker = await startKillableWorker();
    simulator.setFaults(slow('POST /user/request_access'));
    const sender = await start({ email: EMAIL });
    await called(testEnv, 'POST /user/request_access');
    await worker.kill();
    const holder = new Person(simulator, EMAIL);
    await eventually(
      'mailed',
      () => Promise.resolve(holder.mails('access-request')),
      (mails) => mails.length === 1,
    );
    await holder.acceptsAccess();
    await replaceWorker();
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
    expect(await sender.view()).toMatchObject({
      requests: [{ kind: 'access', times: 1, unconfirmed: 1 }],
    });
    expect(mailsSent(simulator, 'access-request')).toBe(1);
  },
  LIMIT_MS,
);

test(
  'a worker that was frozen until Temporal gave up on its order sends nothing when it continues',
  async () => {
    const testEnv = await openTestEnv({ killable: true });
    const { simulator, start, startKillableWorker } = testEnv;
    simulator.createAccount({ ...opened, attached: '1' });
    const frozen = await startKillableWorker();
    simulator.setFaults({
      latencyMs: { min: 3_000, max: 3_000, routes: ['GET /user'] },
    });
    const sender = await start({ email: EMAIL, emailVerified: true, require: ['identity'] });
    // The second read is part of the order.
    await called(testEnv, 'GET /user', 2);
    frozen.freeze();
    simulator.setFaults({ latencyMs: null });
    await eventually(
      'the order timed out',
      () => sender.handle.fetchHistory(),
      ({ events }) => (events ?? []).some((event) => event.activityTaskTimedOutEventAttributes),
    );
    frozen.thaw();
    const { question } = await sender.reaches('awaiting-operator');
    expect(question).toBe('identity-order-lost');
    // By then the old try has had the answer to its read.
    const other = await start({ reference: 'other', email: 'nobody@example.org' });
    await other.reaches('awaiting-registration');
    expect(lettersSent(simulator)).toBe(0);
    await frozen.kill();
  },
  LIMIT_MS,
);
