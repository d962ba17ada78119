/** A roll-out, and the roll-back: onboardings pass from one build of the workflow to another. */
import { expect, jest, test } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { Runtime } from '@temporalio/worker';
import { eventually } from '../support/eventually.ts';
import { useBuilds, type Sender } from './builds.ts';
import { PATCH } from './next-build.ts';

const { EventType, WorkflowTaskFailedCause } = temporal.api.enums.v1;
const { EVENT_TYPE_MARKER_RECORDED: MARKER } = EventType;
const READY = { kind: 'ready', how: 'attached' };

const { begunOn, finishedOn, during, acceptedBy, eventsOf, result, view } = useBuilds();

async function typesOf(sender: Sender) {
  return (await eventsOf(sender)).map(({ eventType }) => eventType);
}

test('started by the build before: finished by the next, with its change', async () => {
  const sender = await begunOn('present');
  expect(await typesOf(sender)).not.toContain(MARKER);
  expect(await finishedOn('next-activated', sender)).toMatchObject(READY);
  expect(await typesOf(sender)).toContain(MARKER);
  expect(sender.holder.mails()).toHaveLength(1);
});

test('started by the next build, its patch not activated: finished by the build before', async () => {
  const log = jest.spyOn(Runtime.instance().logger, 'info');
  const sender = await begunOn('next');
  const words = log.mock.calls.map(([line]) => line).filter((line) => line.includes(PATCH));
  expect(words).toEqual([`patch ${PATCH}: not activated`]);
  expect(await finishedOn('present', sender)).toMatchObject(READY);
  expect(await typesOf(sender)).not.toContain(MARKER);
  expect(sender.holder.mails()).toHaveLength(1);
});

test('started with the patch activated: finished also if it is not activated any more', async () => {
  const sender = await begunOn('next-with-all');
  const events = await eventsOf(sender);
  const marker = events.findIndex(({ eventType }) => eventType === MARKER);
  const firstCall = events.findIndex((event) => {
    const activity = event.activityTaskScheduledEventAttributes?.activityType?.name;
    return activity !== undefined && activity !== 'readPolicy';
  });
  expect(marker).toBeGreaterThan(-1);
  expect(marker).toBeLessThan(firstCall);
  expect(await finishedOn('next', sender)).toMatchObject(READY);
  expect(sender.holder.mails()).toHaveLength(1);
});

test('a patch activated at once, then rolled back: it waits, and continues with the next build', async () => {
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
