/** Whether the worker is ready for work. A worker whose Temporal does not answer polls, but is not ready. */
import type { ConnectionLike } from '@temporalio/client';

/** Several probes arrive every few seconds. They share one call to Temporal. */
const ANSWER_HOLDS_MS = 5_000;
/** Shorter than the usual time-out of a probe. */
const ANSWERS_WITHIN_MS = 1_000;

/** @returns a function that never rejects: true if Temporal answers for the namespace */
export function temporalAnswers(
  connection: ConnectionLike,
  namespace: string,
): () => Promise<boolean> {
  let last: { readonly at: number; readonly answer: Promise<boolean> } | undefined;
  return () => {
    if (last === undefined || performance.now() - last.at > ANSWER_HOLDS_MS) {
      last = { at: performance.now(), answer: answersNow(connection, namespace) };
    }
    return last.answer;
  };
}

async function answersNow(connection: ConnectionLike, namespace: string): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + ANSWERS_WITHIN_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  }
}
