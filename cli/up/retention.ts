import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** The development server's own is a day, and an onboarding may last weeks. */
const RETENTION = '30 days';
const WITHIN_MS = 5_000;

/** Has our Temporal keep ended onboardings for 30 days. What fails is told, and does no harm. */
export async function keepEndedOnboardings(
  { address, namespace }: { readonly address: string; readonly namespace: string },
  note: (line: string) => void,
): Promise<void> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: WITHIN_MS });
    try {
      await connection.withDeadline(Date.now() + WITHIN_MS, () =>
        connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: msToTs(RETENTION) },
        }),
      );
    } finally {
      await connection.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    note(`Temporal keeps ended onboardings for a day only: 30 could not be set (${why})`);
  }
}
