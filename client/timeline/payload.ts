/** What histories carry, as far as a timeline needs it. */
import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';

type Payloads = Parameters<typeof decodeArrayFromPayloads>[1];

/** The fields of the first value; none where it is no object, or cannot be read with our codecs. */
export type ReadFields = (payloads: Payloads) => Promise<Readonly<Record<string, unknown>>>;

export function fieldReader(temporal: Client, workflowId: string): ReadFields {
  const { loadedDataConverter, namespace } = temporal.workflow.options;
  return async (payloads) => {
    try {
      const [first] = await decodeArrayFromPayloads(loadedDataConverter, payloads, {
        type: 'workflow',
        namespace,
        workflowId,
      });
      return fieldsOf(first);
    } catch {
      return {};
    }
  };
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
