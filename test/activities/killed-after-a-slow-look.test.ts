/** The mark of a send comes late, as heartbeats are throttled: the next try must not rely on it. */
import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { callsTo, mailsSent } from '../support/ledger.ts';
import { openWorld } from '../support/world.ts';

/** A dead worker is noticed by its missing heartbeats: 30 s, on the clock on the wall. */
const LIMIT_MS = 120_000;
const EMAIL = 'holder@example.org';

test(
  'a worker killed just after a slow look, in the middle of the asking: one answer is lost',
  async () => {
    const { simulator, start, startKillableWorker, replaceWorker } = await openWorld({
      replaceable: true,
    });
    simulator.createAccount({ email: EMAIL });
    const worker = await startKillableWorker();
    // Past the first heartbeat, whose throttling then delays that of the send.
    simulator.setFaults({ latencyMs: { min: 6_000, max: 6_000 } });
    const sender = await start({ email: EMAIL });
    await eventually(
      'asked',
      () => Promise.resolve(callsTo(simulator, 'POST /user/request_access')),
      (calls) => calls === 1,
    );
    await worker.kill();
    simulator.setFaults({ latencyMs: null });
    await replaceWorker();
    await sender.minutes(1);
    const { asked } = await sender.reaches('awaiting-attachment');
    expect(asked).toMatchObject([{ what: 'access', times: 2, answersLost: 1 }]);
    expect(mailsSent(simulator, 'access-request')).toBe(2);
  },
  LIMIT_MS,
);
