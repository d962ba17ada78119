/** How a client of the API sees an onboarding that is ending, and one that was reset. */
import { beforeAll, expect, test } from '@jest/globals';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { keyFor, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal);
  await here.startWorker();
});

test('a cancellation that waits for a slow call to AR24 is answered as accepted', async () => {
  const reference = aReference();
  await gateway.onboardings.start({ reference, email: anAddress() });
  await reaches(gateway.onboardings, reference, 'awaiting-registration');
  const latencyMs = { min: 10_000, max: 10_000, routes: ['POST /user' as const], count: 1 };
  here.simulator.setFaults({ latencyMs });
  await gateway.call('POST', `/onboardings/${reference}/registration`, {
    body: registrationForm(),
  });
  await eventually(
    'the call in flight',
    () => gateway.onboardings.view(reference),
    ({ calls }) => calls.some(({ what }) => what === 'createAccount'),
  );
  const cancelled = await gateway.call('POST', `/onboardings/${reference}/cancellation`, {
    body: { reason: 'a mistake' },
  });
  here.simulator.setFaults({});
  expect(cancelled).toMatchObject({ status: 202, json: { reference } });
});

test('an event has another id after a reset, which sets the version back', async () => {
  const reference = aReference();
  await gateway.onboardings.start({ reference, email: anAddress() });
  await reaches(gateway.onboardings, reference, 'awaiting-registration');
  const firstId = async () => {
    const answer = await fetch(new URL(`/onboardings/${reference}/events`, gateway.url), {
      headers: { authorization: `Bearer ${keyFor('read')}` },
    });
    for await (const chunk of answer.body ?? []) {
      const id = /^id: (.+)$/m.exec(Buffer.from(chunk).toString())?.[1];
      // Leaving the loop closes the stream.
      if (id !== undefined) return id;
    }
    return undefined;
  };
  const before = await firstId();
  const handle = here.temporal.workflow.getHandle(workflowIdOf(reference));
  const [{ runId }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const done = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  await here.temporal.workflowService.resetWorkflowExecution({
    namespace: here.temporal.options.namespace,
    workflowExecution: { workflowId: handle.workflowId, runId },
    reason: 'a test',
    requestId: reference,
    workflowTaskFinishEventId: done?.eventId ?? null,
  });
  await eventually(
    'is in another run',
    () => gateway.onboardings.view(reference),
    (view) => view.runId !== runId && view.status === 'awaiting-registration',
  );
  const after = await firstId();
  expect(before).toMatch(/./);
  expect(after).toMatch(/./);
  expect(after).not.toBe(before);
});
