import type { Payload } from '@temporalio/common';

/** What stands in the open on a payload under a name; empty where nothing does. */
export function textOf({ metadata }: Payload, name: string): string {
  const bytes = metadata?.[name];
  return bytes ? Buffer.from(bytes).toString() : '';
}
