/** A worker dies, or counts as dead, around the send of a mail: the next one knows whether one was sent. */
import { expect, test } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { callsTo, mailsSent } from '../support/ledger.ts';
import { openWorld } from '../support/world.ts';

/** A dead worker is noticed by its missing heartbeats: 30 s, on the clock on the wall. */
const LIMIT_MS = 120_000;
/** Its answer has come while it stood still. */
const AWAKE_MS = 4_000;
const EMAIL = 'holder@example.org';

test.each([
  // Past the first heartbeat, whose throttling would delay that of the send.
  ['in the asking, after a slow look', 'POST /user/request_access', 1],
  ['in the look', 'GET /user', 0],
] as const)(
  'a worker killed %s',
  async (_when, route, answersLost) => {
    const { simulator, start, startKillableWorker, replaceWorker } = await openWorld({
      replaceable: true,
    });
    simulator.createAccount({ email: EMAIL });
    const worker = await startKillableWorker();
    simulator.setFaults({ latencyMs: { min: 6_000, max: 6_000 } });
    const sender = await start({ email: EMAIL });
    await eventually(
      `called ${route}`,
      () => Promise.resolve(callsTo(simulator, route)),
      (calls) => calls === 1,
    );
    await worker.kill();
    simulator.setFaults({ latencyMs: null });
    await replaceWorker();
    await sender.minutes(1);
    const { asked } = await sender.reaches('awaiting-attachment');
    expect(asked).toMatchObject([{ what: 'access', times: 1 + answersLost, answersLost }]);
    expect(mailsSent(simulator, 'access-request')).toBe(1 + answersLost);
  },
  LIMIT_MS,
);

test(
  'a worker that stood still until another had taken its place sends nothing when it goes on',
  async () => {
    const { simulator, start, startKillableWorker, replaceWorker } = await openWorld({
      replaceable: true,
    });
    simulator.createAccount({ email: EMAIL });
    const frozen = await startKillableWorker();
    simulator.setFaults({ latencyMs: { min: 3_000, max: 3_000 } });
    const sender = await start({ email: EMAIL });
    await eventually(
      'in its look',
      () => Promise.resolve(callsTo(simulator, 'GET /user')),
      (calls) => calls === 1,
    );
    frozen.freeze();
    simulator.setFaults({ latencyMs: null });
    await replaceWorker();
    await sender.minutes(1);
    await sender.reaches('awaiting-attachment');
    frozen.thaw();
    await setTimeout(AWAKE_MS);
    expect(mailsSent(simulator, 'access-request')).toBe(1);
    await frozen.kill();
  },
  LIMIT_MS,
);
