/** What was noted on a run, field by field: one that cannot be read here hides nothing else. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { decodeOptionalSinglePayload } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { unknownKeyIn } from './temporal-call.ts';

type Fields = NonNullable<
  NonNullable<WorkflowExecutionDescription['raw']['workflowExecutionInfo']>['memo']
>['fields'];

export interface Memo {
  /** Those that can be read here. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Ids of the keys that the others wait for. One that was altered is in neither. */
  readonly missingKeys: ReadonlySet<string>;
}

export async function readMemo(
  temporal: Client,
  workflowId: string,
  fields: Fields,
): Promise<Memo> {
  const { loadedDataConverter, namespace } = temporal.workflow.options;
  const context = { type: 'workflow', namespace, workflowId } as const;
  const values: Record<string, unknown> = {};
  const missingKeys = new Set<string>();
  for (const [name, payload] of Object.entries(fields ?? {})) {
    try {
      values[name] = await decodeOptionalSinglePayload(loadedDataConverter, payload, context);
    } catch (error) {
      const missing = unknownKeyIn(error);
      if (missing) missingKeys.add(missing.keyId);
    }
  }
  return { values, missingKeys };
}
