import { PayloadConverterError, ValueError } from '@temporalio/common';
import { unknownKeyIn } from './temporal-call.ts';

/** Something that Temporal keeps cannot be read here. */
export interface Unread {
  /** Of the key that is missing here. Null: it was altered. */
  readonly keyId: string | null;
}

/** Undefined where an error is of something else. */
export function unreadIn(error: unknown): Unread | undefined {
  const missing = unknownKeyIn(error);
  if (missing) return { keyId: missing.keyId };
  const isNoValue =
    error instanceof ValueError ||
    error instanceof PayloadConverterError ||
    error instanceof SyntaxError;
  return isNoValue ? { keyId: null } : undefined;
}
