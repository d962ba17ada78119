/** The environment of a path: a time-skipping server, a simulator over HTTP, a worker with real activities. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ActivitySettings } from '../../activities/index.ts';
import { OnboardingClient, type StartRequest } from '../../client/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { addSearchAttributes } from '../../test/support/attributes.ts';
import { Person } from '../../test/support/person.ts';
import { onboardingRequest } from '../../test/support/people.ts';
import { otherRequesters } from '../../test/support/requesters.ts';
import { SenderOnPath } from './sender.ts';
import { startTestServer } from './test-server.ts';
import { workflowIdOf, type Policy } from '../../workflows/contract/index.ts';
import { bundles } from '../bundles.ts';
import { countWorkerCalls, type WorkerCalls } from '../core-metrics.ts';
import { startWorker } from '../worker.ts';
import { HASH_KEY } from '../keys.ts';

export interface PathOptions {
  readonly settings?: Partial<ActivitySettings>;
  readonly policy?: Partial<Policy>;
}

export interface PathEnv {
  readonly simulator: Simulator;
  readonly person: Person;
  readonly start: (request?: Partial<StartRequest>) => Promise<SenderOnPath>;
}

/** Starts the environment, runs `play` in it, and stops it; returns the worker's calls meanwhile. */
export async function inPathEnv<T>(
  { settings, policy }: PathOptions,
  progress: (line: string) => void,
  play: (env: PathEnv) => Promise<T>,
): Promise<{ readonly played: T; readonly calls: WorkerCalls }> {
  const callsSoFar = await countWorkerCalls();
  const { temporal, stop } = await startTestServer(progress);
  const simulator = await startSimulator({ port: 0 });
  try {
    await addSearchAttributes(temporal.connection, 'default');
    const worker = await startWorker({
      connection: temporal.nativeConnection,
      simulator,
      ...(settings && { settings }),
      workflowBundle: (await bundles()).onboarding,
      requesters: otherRequesters(),
      ...(policy && { policy }),
    });
    let played: T;
    try {
      played = await play(pathEnvOf(temporal, simulator));
    } finally {
      await worker.stop();
    }
    return { played, calls: await callsSoFar() };
  } finally {
    await simulator.stop();
    await stop();
  }
}

function pathEnvOf(temporal: TestWorkflowEnvironment, simulator: Simulator): PathEnv {
  const client = new OnboardingClient({
    temporal: temporal.client,
    hashKey: HASH_KEY,
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
