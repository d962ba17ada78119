/** For one test file: two builds of the workflow, whose workers take turns on a real server. */
import { beforeAll } from '@jest/globals';
import { OnboardingClient, type Ending } from '../../client/index.ts';
import type { OnboardingWorkerOptions } from '../../worker/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { Person } from '../support/person.ts';
import { workflowBundle } from '../support/temporal.ts';
import { nextBuild, PATCH } from './next-build.ts';

/**
 * The present code, and the next build: with its patch not activated, activated by its id, or by
 * `all`.
 */
export type Build = 'present' | 'next' | 'next-activated' | 'next-with-all';

/** A sender whose account's holder is asked for access. */
export interface Sender {
  readonly reference: string;
  readonly holder: Person;
}

const ACCOUNT = { confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;

export function useBuilds() {
  const testEnv = useDevelopmentServer();
  let client: OnboardingClient;
  let builds: Readonly<
    Record<Build, Pick<OnboardingWorkerOptions, 'workflowBundle' | 'activatePatches'>>
  >;

  beforeAll(async () => {
    client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
    const [present, next] = await Promise.all([workflowBundle(), nextBuild()]);
    builds = {
      present: { workflowBundle: present, activatePatches: 'none' },
      next: { workflowBundle: next, activatePatches: 'none' },
      'next-activated': { workflowBundle: next, activatePatches: [PATCH] },
      'next-with-all': { workflowBundle: next, activatePatches: 'all' },
    };
  });

  /** Runs while only workers of this build run. */
  async function during<T>(build: Build, act: () => Promise<T>): Promise<T> {
    // Nothing is cached, so that every step replays what the build before has recorded.
    const stop = await testEnv.startWorker({ ...builds[build], maxCachedWorkflows: 0 });
    try {
      return await act();
    } finally {
      await stop();
    }
  }

  /** The holder accepts, and a hint is sent. */
  async function acceptedBy({ reference, holder }: Sender): Promise<void> {
    await holder.acceptsAccess();
    await client.check(reference);
  }

  return {
    during,
    acceptedBy,
    begunOn: (build: Build): Promise<Sender> =>
      during(build, async () => {
        const [reference, email] = [aReference(), anAddress()];
        testEnv.simulator.createAccount({ email, ...ACCOUNT });
        await client.start({ reference, email });
        await reaches(client, reference, 'awaiting-attachment');
        return { reference, holder: new Person(testEnv.simulator, email) };
      }),
    finishedOn: (build: Build, sender: Sender): Promise<Ending> =>
      during(build, async () => {
        await acceptedBy(sender);
        return client.result(sender.reference);
      }),
    result: ({ reference }: Sender) => client.result(reference),
    view: ({ reference }: Sender) => client.view(reference),
    eventsOf: async ({ reference }: Sender) => {
      const handle = testEnv.temporal.workflow.getHandle(workflowIdOf(reference));
      return (await handle.fetchHistory()).events ?? [];
    },
  };
}
