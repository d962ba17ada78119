import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const WITHIN_MS = 5_000;

interface Retention {
  readonly address: string;
  readonly namespace: string;
  readonly days: number;
}

/**
 * Has our Temporal keep what ends from now on for so long: the development server's own is a day. What
 * fails is told, and does no harm.
 */
export async function keepEndedOnboardings(
  { address, namespace, days }: Retention,
  note: (line: string) => void,
): Promise<void> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: WITHIN_MS });
    try {
      await connection.withDeadline(Date.now() + WITHIN_MS, () =>
        connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: msToTs(`${days} days`) },
        }),
      );
    } finally {
      await connection.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    note(
      `Temporal keeps ended onboardings for as long as before: ${days} days could not be set (${why})`,
    );
  }
}
