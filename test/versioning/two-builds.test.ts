/** A roll-out, and the way back: onboardings pass from one build of the workflow to another. */
import { expect, jest, test } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { Runtime } from '@temporalio/worker';
import { eventually } from '../support/eventually.ts';
import { useBuilds, type Sender } from './builds.ts';
import { PATCH } from './next-build.ts';

const { EventType, WorkflowTaskFailedCause } = temporal.api.enums.v1;
const { EVENT_TYPE_MARKER_RECORDED: MARKER, EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: CALL } = EventType;
const READY = { kind: 'ready', how: 'attached' };

const { begunOn, finishedOn, during, acceptedBy, eventsOf, result, view } = useBuilds();

async function typesOf(sender: Sender) {
  return (await eventsOf(sender)).map(({ eventType }) => eventType);
}

test('begun by the build before: finished by the next, with what is new in it', async () => {
  const sender = await begunOn('present');
  expect(await typesOf(sender)).not.toContain(MARKER);
  expect(await finishedOn('next-activated', sender)).toMatchObject(READY);
  expect(await typesOf(sender)).toContain(MARKER);
  expect(sender.holder.mails()).toHaveLength(1);
});

test('begun by the next, its patch not activated: finished by the build before', async () => {
  const told = jest.spyOn(Runtime.instance().logger, 'info');
  const sender = await begunOn('next');
  const words = told.mock.calls.map(([line]) => line).filter((line) => line.includes(PATCH));
  expect(words).toEqual([`patch ${PATCH}: not activated`]);
  expect(await finishedOn('present', sender)).toMatchObject(READY);
  expect(await typesOf(sender)).not.toContain(MARKER);
  expect(sender.holder.mails()).toHaveLength(1);
});

test('begun with the patch activated: finished also where it is activated no more', async () => {
  const sender = await begunOn('next-with-all');
  const types = await typesOf(sender);
  expect(types).toContain(MARKER);
  expect(types.indexOf(MARKER)).toBeLessThan(types.indexOf(CALL));
  expect(await finishedOn('next', sender)).toMatchObject(READY);
  expect(sender.holder.mails()).toHaveLength(1);
});

test('a patch active at once, then taken back: it waits, and goes on with the next build', async () => {
  const sender = await begunOn('next-with-all');
  await during('present', async () => {
    await acceptedBy(sender);
    const failed = await eventually(
      'a task failed',
      async () => (await eventsOf(sender)).find((event) => event.workflowTaskFailedEventAttributes),
      (event) => event !== undefined,
    );
    expect(failed?.workflowTaskFailedEventAttributes).toMatchObject({
      cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
      failure: { message: expect.stringContaining(PATCH) },
    });
    expect(await view(sender)).toMatchObject({ partial: true, status: 'awaiting-attachment' });
  });
  expect(await during('next', () => result(sender))).toMatchObject(READY);
  expect(sender.holder.mails()).toHaveLength(1);
});
