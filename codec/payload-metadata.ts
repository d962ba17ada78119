/** The unencrypted metadata of payloads. The names are those of Temporal's own samples, if these have one. */
import type { Payload } from '@temporalio/common';

export const ENCRYPTED_ENCODING = 'binary/encrypted';
/** The payload was altered, or belongs to another workflow. No converter takes it for a value. */
export const UNREADABLE_ENCODING = 'binary/unreadable';
export const KEY_ID = 'encryption-key-id';
export const WORKFLOW_ID = 'encryption-workflow-id';

/** @returns an empty text if the payload has no such metadata */
export function textOf({ metadata }: Payload, name: string): string {
  const bytes = metadata?.[name];
  return bytes ? Buffer.from(bytes).toString() : '';
}
