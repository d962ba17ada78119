import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { ERASED, type EndedForErasure } from '../../workflows/contract/erasure.ts';
import { withdrawnSignal } from '../../workflows/contract/messages.ts';
import { workflowIdOf } from '../../workflows/contract/names.ts';
import { grpcCodeOf } from '../../client/grpc.ts';
import { here, newestOf, unlessGone } from './raw.ts';
import type { Reference, RunId } from '../../workflows/contract/ids.ts';

/** After a cancellation, a call to AR24 in flight ends within seconds, and a creation is read back. */
const ENDS_WITHIN_MS = 120_000;
const CHECK_EVERY_MS = 250;
/** A workflow task that failed this often will not succeed: there is a bug, or a key is lost. */
const HOPELESS_TRIES = 3;

/**
 * Ends the open onboarding: withdraws it, so that it finishes its calls to AR24, and terminates it if it does not
 * end by that.
 *
 * @throws an error of Temporal's client
 */
export async function endOnboarding(reference: Reference, by: string): Promise<EndedForErasure> {
  const workflowId = workflowIdOf(reference);
  const context = Context.current();
  let withdrawal: { readonly runId: RunId; readonly isAccepted: boolean } | undefined;
  for (;;) {
    const run = await newestOf(workflowId);
    if (!run?.isOpen) return { notifiesPartner: mayHaveTerminated() ? 'maybe' : 'no' };
    const { runId, tries, calls } = run;
    if (withdrawal?.runId !== runId) {
      withdrawal = { runId, isAccepted: await withdraw(workflowId, runId, by) };
    }
    const isLate = Date.now() > context.info.scheduledTimestampMs + ENDS_WITHIN_MS;
    if (!withdrawal.isAccepted || tries >= HOPELESS_TRIES || isLate) {
      await terminate(workflowId, runId);
      return { notifiesPartner: calls.includes('notifyPartner') ? 'maybe' : 'no' };
    }
    context.heartbeat();
    await context.sleep(CHECK_EVERY_MS);
  }
}

/** An earlier try may have terminated the run, and died before it reported which calls were in flight. */
function mayHaveTerminated(): boolean {
  return Context.current().info.attempt > 1;
}

/** @returns false if the run accepts no more signals, since thousands wait for it already */
async function withdraw(workflowId: string, runId: RunId, by: string): Promise<boolean> {
  const handle = Context.current().client.workflow.getHandle(workflowId, runId);
  try {
    await handle.signal(withdrawnSignal, { by, reason: ERASED });
  } catch (error) {
    if (grpcCodeOf(error) === 'INVALID_ARGUMENT') return false;
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  return true;
}

async function terminate(workflowId: string, runId: RunId): Promise<void> {
  const { service, namespace } = here();
  const workflowExecution = { workflowId, runId };
  await unlessGone(
    service.terminateWorkflowExecution({ namespace, workflowExecution, reason: ERASED }),
  );
}
