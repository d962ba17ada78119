/** An alarm may ring before the plan needs it, and together with a message: the next one is set all the same. */
import { expect, test } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { DAY, SECOND } from '../plan/events.ts';
import { openTestEnv } from '../support/test-env.ts';

test('the deadline before an extension passes with a message in the same moment: the new one counts', async () => {
  const { start, stopWorker, replaceWorker } = await openTestEnv({
    killable: true,
    policy: { deadlineDays: (5 * SECOND) / DAY, reminderDays: [] },
  });
  const sender = await start();
  await sender.reaches('awaiting-registration');
  const until = new Date(Date.now() + 20 * SECOND).toISOString();
  await sender.handle.executeUpdate('extend', { args: [{ until }] });
  await stopWorker();
  await setTimeout(6 * SECOND);
  const revoked = sender.handle.executeUpdate('revokeLinks');
  await setTimeout(SECOND);
  await replaceWorker();
  await revoked;
  expect(await sender.outcome()).toMatchObject({ kind: 'expired' });
});
