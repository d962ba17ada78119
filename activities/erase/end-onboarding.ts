import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { ERASED, type EndedForErasure } from '../../workflows/contract/erasure.ts';
import { withdrawnSignal } from '../../workflows/contract/messages.ts';
import { workflowIdOf } from '../../workflows/contract/names.ts';
import { GRPC, grpcCodeOf, here, newestOf, unlessGone } from './raw.ts';

/** A call to AR24 in flight hears that it is cancelled within seconds; one that creates is read back. */
const SETTLES_WITHIN_MS = 120_000;
const BETWEEN_LOOKS_MS = 250;
/** A task that fails so often is not going to end anything: a bug, or a key that is lost. */
const HOPELESS_TRIES = 3;
/**
 * Ends the open onboarding: it is withdrawn, so that what is in flight at AR24 is settled, and
 * terminated where that does not help.
 *
 * @throws what Temporal's client throws
 */
export async function endOnboarding(reference: string, by: string): Promise<EndedForErasure> {
  const workflowId = workflowIdOf(reference);
  const context = Context.current();
  let asked: { readonly runId: string; readonly isTaken: boolean } | undefined;
  for (;;) {
    const run = await newestOf(workflowId);
    if (!run?.isOpen) return { tellsPartner: mayHaveTerminated() ? 'maybe' : 'no' };
    const { runId, tries, calls } = run;
    if (asked?.runId !== runId) asked = { runId, isTaken: await withdraw(workflowId, runId, by) };
    const isLate = Date.now() > context.info.scheduledTimestampMs + SETTLES_WITHIN_MS;
    if (!asked.isTaken || tries >= HOPELESS_TRIES || isLate) {
      await terminate(workflowId, runId);
      return { tellsPartner: calls.includes('tellPartner') ? 'maybe' : 'no' };
    }
    context.heartbeat();
    await context.sleep(BETWEEN_LOOKS_MS);
  }
}

/** A try before this one may have, and have died before it told what was under way then. */
function mayHaveTerminated(): boolean {
  return Context.current().info.attempt > 1;
}

/** False where it takes no more messages: thousands wait for it already. */
async function withdraw(workflowId: string, runId: string, by: string): Promise<boolean> {
  const handle = Context.current().client.workflow.getHandle(workflowId, runId);
  try {
    await handle.signal(withdrawnSignal, { by, reason: ERASED });
  } catch (error) {
    if (grpcCodeOf(error) === GRPC.invalidArgument) return false;
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  return true;
}

async function terminate(workflowId: string, runId: string): Promise<void> {
  const { service, namespace } = here();
  const workflowExecution = { workflowId, runId };
  await unlessGone(
    service.terminateWorkflowExecution({ namespace, workflowExecution, reason: ERASED }),
  );
}
