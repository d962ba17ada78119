/**
 * A long onboarding in several runs, whose notifications could never be delivered: all runs are
 * deleted.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { erasureIdOf, notificationsIdOf, workflowIdOf } from '../../workflows/contract/index.ts';
import { PartnerServer } from '../notifications/partner.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { useShortHistories } from '../temporal/short-histories.ts';
import { listsAll, runsListed, runsThatAreLeft } from './runs.ts';

const HINTS = 60;
let partner: PartnerServer;

beforeAll(async () => {
  partner = await PartnerServer.listen();
  partner.status = 503;
});
const testEnv = useShortHistories(() => partner.settings);
afterAll(() => partner.close());

test('runs that continued as new, and a pending notification, are deleted', async () => {
  const { client, simulator, temporal } = testEnv;
  const [reference, email] = ['long', 'long@example.org'];
  const handle = (id: string) => temporal.workflow.getHandle(id);
  simulator.createAccount({ email });
  const { runId: first } = await client.start({ reference, email });
  await eventually(
    'the partner was tried',
    () => Promise.resolve(partner.tries.length),
    (tries) => tries > 0,
  );
  for (let hint = 0; hint < HINTS; hint++) await client.check(reference);
  await eventually(
    'in a new run',
    () => handle(workflowIdOf(reference)).describe(),
    ({ runId }) => runId !== first,
  );
  // The first run, its continuations, and the run that notifies the partner.
  const before = await eventually(
    'all are listed',
    () => runsListed(temporal, reference),
    ({ length }) => length >= 3,
  );

  await client.erase(reference);
  const done = await eventually(
    'erased',
    () => client.erasure(reference),
    (erasure) => erasure?.kind === 'erased',
  );
  const receipt = done?.kind === 'erased' ? done.receipt : undefined;
  expect(receipt?.notificationRuns).toBe(1);
  expect(receipt?.onboardingRuns).toBeGreaterThanOrEqual(before.length - 1);
  expect(await runsThatAreLeft(temporal, reference, [...before, first])).toEqual([]);
  expect(await listsAll(temporal, reference, 1)).toEqual([receipt?.keptRun]);
  await expect(handle(notificationsIdOf(reference)).describe()).rejects.toThrow(/not found/i);
  await recordHistory('erased-continued', handle(erasureIdOf(reference)));
});
