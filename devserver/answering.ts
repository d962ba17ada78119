import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

const TRY_EVERY_MS = 50;
const TRY_FOR_MS = 2_000;

/**
 * Waits until a server answers for its namespace. Ends only by that or by `signal`, whose reason
 * it then throws.
 */
export async function waitUntilAnswering(
  address: string,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (await answers(address, namespace)) return;
    await delay(TRY_EVERY_MS);
  }
}

async function answers(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + TRY_FOR_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
