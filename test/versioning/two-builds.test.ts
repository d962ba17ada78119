/** A roll-out, and the way back: onboardings pass from one build of the workflow to another on a real server. */
import { beforeAll, expect, test } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { OnboardingClient } from '../../client/index.ts';
import type { OnboardingWorkerOptions } from '../../worker/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { Person } from '../support/person.ts';
import { workflowBundle } from '../support/temporal.ts';
import { nextBuild, PATCH } from './next-build.ts';

const { EventType, WorkflowTaskFailedCause } = temporal.api.enums.v1;

type Build = Pick<OnboardingWorkerOptions, 'workflowBundle' | 'activatePatches'>;

const world = useDevelopmentServer();
let client: OnboardingClient;
let before: Build;
let next: Build;
let nextActivated: Build;

beforeAll(async () => {
  client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY });
  const [present, changed] = await Promise.all([workflowBundle(), nextBuild()]);
  before = { workflowBundle: present };
  next = { workflowBundle: changed };
  nextActivated = { workflowBundle: changed, activatePatches: [PATCH] };
});

/** What happens while workers of this build run, and no others. */
async function during<T>(build: Build, act: () => Promise<T>): Promise<T> {
  // Nothing is cached: every step replays what the build before has recorded.
  const stop = await world.startWorker({
    activatePatches: 'none',
    maxCachedWorkflows: 0,
    ...build,
  });
  try {
    return await act();
  } finally {
    await stop();
  }
}

interface Holder {
  readonly reference: string;
  readonly person: Person;
}

/** Somebody whose account's holder has been asked for access. */
async function askedForAccess(): Promise<Holder> {
  const [reference, email] = [aReference(), anAddress()];
  const { confirmed, cgu, firstname, lastname } = ACCOUNT;
  world.simulator.createAccount({ email, confirmed, cgu, firstname, lastname });
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  return { reference, person: new Person(world.simulator, email) };
}

const ACCOUNT = { confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;

async function accepts({ reference, person }: Holder): Promise<void> {
  await person.acceptsAccess();
  await client.check(reference);
}

async function eventsOf({ reference }: Holder) {
  const { events } = await world.temporal.workflow
    .getHandle(workflowIdOf(reference))
    .fetchHistory();
  return events ?? [];
}

async function typesOf(holder: Holder) {
  return (await eventsOf(holder)).map(({ eventType }) => eventType);
}

const { EVENT_TYPE_MARKER_RECORDED: MARKER, EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: CALL } = EventType;

test('begun by the build before: finished by the next, with what is new in it', async () => {
  const holder = await during(before, askedForAccess);
  expect(await typesOf(holder)).not.toContain(MARKER);
  const outcome = await during(nextActivated, async () => {
    await accepts(holder);
    return client.result(holder.reference);
  });
  expect(outcome).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(await typesOf(holder)).toContain(MARKER);
  expect(holder.person.mails()).toHaveLength(1);
});

test('begun by the next build while its patch was not activated: finished by the build before', async () => {
  const holder = await during(next, askedForAccess);
  const outcome = await during(before, async () => {
    await accepts(holder);
    return client.result(holder.reference);
  });
  expect(outcome).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(await typesOf(holder)).not.toContain(MARKER);
  expect(holder.person.mails()).toHaveLength(1);
});

test('begun with the patch activated: finished also where it is activated no more', async () => {
  const holder = await during(nextActivated, askedForAccess);
  const types = await typesOf(holder);
  expect(types).toContain(MARKER);
  expect(types.indexOf(MARKER)).toBeLessThan(types.indexOf(CALL));
  const outcome = await during(next, async () => {
    await accepts(holder);
    return client.result(holder.reference);
  });
  expect(outcome).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(holder.person.mails()).toHaveLength(1);
});

test('taken back after a patch that was active at once: it waits, and goes on with the next build', async () => {
  const holder = await during(nextActivated, askedForAccess);
  await during(before, async () => {
    await accepts(holder);
    const failed = await eventually(
      'a task failed',
      async () => (await eventsOf(holder)).find((event) => event.workflowTaskFailedEventAttributes),
      (event) => event !== undefined,
    );
    expect(failed?.workflowTaskFailedEventAttributes).toMatchObject({
      cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
      failure: { message: expect.stringContaining(PATCH) },
    });
    expect(await client.view(holder.reference)).toMatchObject({
      partial: true,
      status: 'awaiting-attachment',
    });
  });
  const outcome = await during(next, () => client.result(holder.reference));
  expect(outcome).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(holder.person.mails()).toHaveLength(1);
});
