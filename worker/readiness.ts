/** Whether work would be taken: not by a worker that still polls a Temporal which is away. */
import type { NativeConnection } from '@temporalio/worker';

/** Probes come every few seconds, from more than one side: Temporal is asked once for all of them. */
const ANSWER_HOLDS_MS = 5_000;
/** Less than a probe waits, as a rule. */
const ANSWERS_WITHIN_MS = 1_000;

/** @returns a function that never rejects: true where Temporal answers for the namespace */
export function temporalAnswers(
  connection: NativeConnection,
  namespace: string,
): () => Promise<boolean> {
  let asked: { readonly at: number; readonly answer: Promise<boolean> } | undefined;
  return () => {
    if (asked === undefined || performance.now() - asked.at > ANSWER_HOLDS_MS) {
      asked = { at: performance.now(), answer: answersNow(connection, namespace) };
    }
    return asked.answer;
  };
}

async function answersNow(connection: NativeConnection, namespace: string): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + ANSWERS_WITHIN_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  }
}
