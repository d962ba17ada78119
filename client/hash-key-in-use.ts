/** Whether these hash keys are those under which onboardings are found by address. With others, a search finds nobody. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { WORKFLOW_TYPE } from '../workflows/contract/index.ts';
import type { OnboardingInput } from '../workflows/input.ts';
import { emailHashes, type HashKey } from './hash-key.ts';
import { fieldReader } from './payloads.ts';
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
 * @returns `unknown` if none is open, or if its start is not readable here
 * @throws TemporalUnavailableError
 */
export async function hashKeysFit(
  temporal: Client,
  keys: readonly HashKey[],
): Promise<'fit' | 'others' | 'unknown'> {
  const { namespace } = temporal.options;
  const { workflowService } = temporal.connection;
  const query = `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running'`;
  const { executions } = await callTemporal(temporal, () =>
    workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 }),
  );
  const execution = executions[0]?.execution;
  if (!execution) return 'unknown';
  const { history } = await callTemporal(temporal, () =>
    workflowService.getWorkflowExecutionHistory({ namespace, execution, maximumPageSize: 1 }),
  );
  const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  const read = fieldReader(temporal, execution.workflowId ?? '');
  const { data: start } = startSchema.safeParse(await read(started?.input?.payloads));
  if (start === undefined) return 'unknown';
  const hashes = emailHashes(start.request.email, keys);
  return hashes.some((hash) => start.emailHashes.includes(hash)) ? 'fit' : 'others';
}
