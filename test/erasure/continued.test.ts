/** A long life in several runs, of which the partner could never be told: all of it goes. */
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
const world = useShortHistories(() => partner.settings);
afterAll(() => partner.close());

test('runs that go on in others, and what still waits to be told', async () => {
  const { client, simulator, temporal } = world;
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
  // The first, those that it went on in, and the one that tells the partner.
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
