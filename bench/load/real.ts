import { WorkflowNotFoundError } from '@temporalio/common';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { OnboardingClient } from '../../client/index.ts';
import { registrationForm } from '../../test/support/people.ts';
import { acceptedSignal, workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY } from '../hash-key.ts';
import { startWorker } from '../worker.ts';
import type { Contender } from './contender.ts';
import type { People } from './people.ts';
import type { TemporalUnderLoad } from './temporal.ts';

/** The onboarding itself, started as a host application starts it. */
export function realOnboarding(
  temporal: TemporalUnderLoad,
  people: People,
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
      const tell = async (what: 'attachment' | 'email' | 'terms') => {
        await handle.signal(acceptedSignal, { what, by: 'person' }).catch(tooLate);
      };
      return {
        end: () => handle.result(),
        tell: (done) => Promise.all(done.map(tell)).then(() => undefined),
      };
    },
  };
}

/** One look saw all that was claimed, and the end came before the last claim. */
function tooLate(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
