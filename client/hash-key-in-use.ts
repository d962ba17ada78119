/** Whether these hash keys are those under which onboardings are found by address. With others, a search finds nobody. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { WORKFLOW_TYPE } from '../workflows/contract/index.ts';
import type { OnboardingInput } from '../workflows/input.ts';
import { emailHashes, type HashKey } from './hash-key.ts';
import { grpcCodeOf } from './grpc.ts';
import { fieldReader } from './payloads.ts';
import type { FoundRun } from './run.ts';
import { searchOnce } from './search.ts';
import { callTemporal } from './temporal-call.ts';

const startSchema = z.object({
  request: z.object({ email: z.string() } satisfies Partial<
    Record<keyof OnboardingInput['request'], z.ZodType>
  >),
  emailHashes: z.array(z.string()),
} satisfies Partial<Record<keyof OnboardingInput, z.ZodType>>);

/**
 * Compares the keys with the newest open onboarding.
 *
 * @returns `unknown` if none is open, or if its start is not readable here, or is deleted meanwhile
 * @throws TemporalUnavailableError
 */
export async function hashKeysFit(
  temporal: Client,
  keys: readonly HashKey[],
): Promise<'fit' | 'others' | 'unknown'> {
  const query = `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running'`;
  const { runs } = await searchOnce(temporal, query, { pageSize: 1 });
  const { data: start } = startSchema.safeParse(runs[0] && (await inputOf(temporal, runs[0])));
  if (start === undefined) return 'unknown';
  const hashes = emailHashes(start.request.email, keys);
  return hashes.some((hash) => start.emailHashes.includes(hash)) ? 'fit' : 'others';
}

/** The fields of the run's argument, of which only the first event is read. */
async function inputOf(temporal: Client, { workflowId, runId }: FoundRun): Promise<unknown> {
  const { namespace } = temporal.options;
  const execution = { workflowId, runId };
  try {
    const { history } = await callTemporal(temporal, () =>
      temporal.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution,
        maximumPageSize: 1,
      }),
    );
    const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    return await fieldReader(temporal, workflowId)(started?.input?.payloads);
  } catch (error) {
    // A search may still find what an erasure has deleted.
    if (grpcCodeOf(error) === 'NOT_FOUND') return undefined;
    throw error;
  }
}
