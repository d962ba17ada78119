import type { Payload } from '@temporalio/common';
import { rewrite, textIn } from './payloads-in.ts';

/**
 * Removes from a history what it shows of the machine that made it: process and host, checksum of
 * the code, stack traces with folders. None of it is needed for a replay.
 */
const MACHINE = {
  identity: 'worker',
  binaryChecksum: undefined,
  buildId: undefined,
  workerVersion: undefined,
  stackTrace: undefined,
} as const;

/** As in the name of a worker's own task queue: `process@host`. */
const PROCESS = /^\d+@/;

export function withoutMachine(value: unknown): unknown {
  if (typeof value === 'string') return PROCESS.test(value) ? MACHINE.identity : value;
  if (Array.isArray(value)) return value.map(withoutMachine);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isMachine(name) ? MACHINE[name] : withoutMachine(inner),
    ]),
  );
}

function isMachine(name: string): name is keyof typeof MACHINE {
  return Object.hasOwn(MACHINE, name);
}

/** A failure's message is encrypted together with its stack trace. */
export async function withoutStack(payload: Payload, workflowId: string): Promise<void> {
  const text = await textIn(payload);
  if (!text.includes('"stack_trace"')) return;
  const cleaned = { ...(JSON.parse(text) as object), stack_trace: '' };
  await rewrite(payload, JSON.stringify(cleaned), {
    type: 'workflow',
    namespace: 'default',
    workflowId,
  });
}
