import { WorkflowNotFoundError } from '@temporalio/common';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { OnboardingClient } from '../../client/index.ts';
import { registrationForm } from '../../test/support/people.ts';
import { acceptedSignal, workflowIdOf, type Outcome } from '../../workflows/contract/index.ts';
import { HASH_KEY } from '../keys.ts';
import { startWorker } from '../worker.ts';
import type { Contender } from './contender.ts';
import type { BenchPeople } from './people.ts';
import type { TemporalUnderLoad } from './temporal.ts';

/** The real onboarding, started as a host application starts it. */
export function realOnboarding(
  temporal: TemporalUnderLoad,
  people: BenchPeople,
  workflowBundle: WorkflowBundleOption,
): Contender {
  const onboardings = new OnboardingClient({ temporal: temporal.client, hashKey: HASH_KEY });
  const { simulator } = people;
  return {
    name: 'onboarding',
    startWorker: () => startWorker({ connection: temporal.native, simulator, workflowBundle }),
    acted: (_flow, email) => people.acted(email),
    async start(flow, reference, email) {
      const registration = flow === 'created' ? registrationForm() : undefined;
      await onboardings.start({ reference, email, registration });
      const handle = temporal.client.workflow.getHandle(workflowIdOf(reference));
      const accept = async (what: 'attachment' | 'email' | 'terms') => {
        await handle.signal(acceptedSignal, { what, by: 'person' }).catch(tooLate);
      };
      return {
        async end() {
          const { kind } = (await handle.result()) as Outcome;
          if (kind !== 'ready') throw new Error(`${reference} ended as ${kind}, not ready`);
        },
        accept: (done) => Promise.all(done.map(accept)).then(() => undefined),
      };
    },
  };
}

/** One read of AR24 showed all claims, and the onboarding ended before the last claim. */
function tooLate(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
