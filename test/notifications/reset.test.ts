/** A reset or a restored backup sets the state back: the partner still learns what follows. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { temporal as proto } from '@temporalio/proto';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { useShortHistories } from '../temporal/short-histories.ts';
import { PartnerServer } from './partner.ts';

const { ResetReapplyExcludeType } = proto.api.enums.v1;

let partner: PartnerServer;

beforeAll(async () => {
  partner = await PartnerServer.listen();
});
const testEnv = useShortHistories(() => partner.settings);
afterAll(() => partner.close());

/**
 * The statuses that a receiver accepts if it follows docs/notifications.md and drops everything
 * that is not newer.
 */
function taken(reference: string): readonly string[] {
  let newest = 0;
  return partner.notified.flatMap(({ sequence, view }) => {
    if (view.reference !== reference || sequence <= newest) return [];
    newest = sequence;
    return [view.status];
  });
}

const takes = (reference: string, wanted: string, after = 0) =>
  eventually(
    wanted,
    () => Promise.resolve(taken(reference).slice(after)),
    (statuses) => statuses.at(-1) === wanted,
  );

test('a notification after a reset is newer than all before it', async () => {
  const { client, simulator, temporal } = testEnv;
  const [reference, email] = ['reset', 'reset@example.org'];
  const handle = temporal.workflow.getHandle(workflowIdOf(reference));
  await client.start({ reference, email });
  await takes(reference, 'awaiting-registration');
  await client.register(reference, registrationForm());
  await takes(reference, 'awaiting-email');
  const person = new Person(simulator, email);
  await person.confirmsEmail();
  await takes(reference, 'awaiting-terms');
  await person.acceptsTerms();
  await takes(reference, 'ready');

  const { events } = await handle.fetchHistory();
  const tasks = events?.filter((event) => event.workflowTaskCompletedEventAttributes);
  // The first event remains, and so the moment at which the onboarding started.
  const second = tasks?.[1]?.eventId;
  const { runId } = await handle.describe();
  const before = taken(reference).length;
  await temporal.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: handle.workflowId, runId },
    reason: 'a test',
    requestId: 'reset-once',
    workflowTaskFinishEventId: second ?? null,
    resetReapplyExcludeTypes: [
      ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL,
      ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE,
    ],
  });
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
  await takes(reference, 'ready', before);
});
