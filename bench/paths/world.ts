/** One path's world: a time-skipping server, a simulator over HTTP, a worker with real activities. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ActivitySettings } from '../../activities/index.ts';
import { OnboardingClient, type StartRequest } from '../../client/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { addSearchAttributes } from '../../test/support/attributes.ts';
import { Person } from '../../test/support/person.ts';
import { onboardingRequest } from '../../test/support/people.ts';
import { SenderOnPath } from './sender.ts';
import { timeSkippingServer, workflowBundle } from '../../test/support/temporal.ts';
import { DEFAULT_POLICY, workflowIdOf, type Policy } from '../../workflows/contract/index.ts';
import { countWorkerCalls, type WorkerCalls } from '../core-metrics.ts';
import { startWorker } from '../worker.ts';
import { HASH_KEY } from '../hash-key.ts';

export interface PathScene {
  readonly settings?: Partial<ActivitySettings>;
  readonly policy?: Partial<Policy>;
}

export interface PathWorld {
  readonly simulator: Simulator;
  readonly person: Person;
  readonly start: (request?: Partial<StartRequest>) => Promise<SenderOnPath>;
}

/** Opens a world, lets `play` happen in it, and closes it; tells what the worker called meanwhile. */
export async function inWorld<T>(
  { settings, policy }: PathScene,
  play: (world: PathWorld) => Promise<T>,
): Promise<{ readonly played: T; readonly calls: WorkerCalls }> {
  const callsSoFar = await countWorkerCalls();
  const temporal = await timeSkippingServer();
  const simulator = await startSimulator({ port: 0 });
  try {
    await addSearchAttributes(temporal.connection, 'default');
    const worker = await startWorker({
      connection: temporal.nativeConnection,
      simulator,
      ...(settings && { settings }),
      workflowBundle: await workflowBundle(),
    });
    let played: T;
    try {
      played = await play(worldOf(temporal, simulator, policy));
    } finally {
      await worker.stop();
    }
    return { played, calls: await callsSoFar() };
  } finally {
    await simulator.stop();
    await temporal.teardown();
  }
}

function worldOf(
  temporal: TestWorkflowEnvironment,
  simulator: Simulator,
  policy?: Partial<Policy>,
): PathWorld {
  const client = new OnboardingClient({
    temporal: temporal.client,
    hashKey: HASH_KEY,
    policy: { ...DEFAULT_POLICY, ...policy },
  });
  const { email, reference } = onboardingRequest();
  return {
    simulator,
    person: new Person(simulator, email),
    async start(request = {}) {
      await client.start({ reference, email, ...request });
      const handle = temporal.client.workflow.getHandle(workflowIdOf(reference));
      return new SenderOnPath(handle, temporal);
    },
  };
}
