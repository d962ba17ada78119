/** Child processes of the benchmark, which send messages to their parent. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** @throws Error when the process ends instead of sending a message */
export async function nextMessage(child: ChildProcess, what: string): Promise<unknown> {
  const answered = new AbortController();
  const { signal } = answered;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]: unknown[]) => message),
      once(child, 'exit', { signal }).then(() => {
        const how = child.signalCode ?? `exit code ${String(child.exitCode)}`;
        throw new Error(`the process of the ${what} ended (${how})`);
      }),
    ]);
  } finally {
    answered.abort();
  }
}
