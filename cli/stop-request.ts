import { closeSync, openSync } from 'node:fs';
import { EXIT } from './exit-codes.ts';

/** The terminal sends Ctrl-C to npm and to us, and npm passes it on: one request, not two. */
const SAME_REQUEST_MS = 1_000;
const CHECK_NPM_EVERY_MS = 500;

/**
 * Resolves at the first request to end: Ctrl-C, SIGTERM, or a closed terminal. The caller then ends in order.
 * A second request ends the process at once.
 *
 * @param atHangUp `stay`: SIGHUP ends the process only if it has a terminal, which may be closed. Its other listeners read
 *   credentials again.
 */
export function stopRequest(atHangUp: 'end' | 'stay' = 'end'): Promise<'stop'> {
  let firstAt: number | undefined;
  const stays = atHangUp === 'stay' && !hasTerminal();
  return new Promise((resolve) => {
    const onRequest = (): void => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        resolve('stop');
      } else if (performance.now() - firstAt > SAME_REQUEST_MS) process.exit(EXIT.interrupted);
    };
    process.on('SIGINT', onRequest).on('SIGTERM', onRequest);
    process.on('SIGHUP', () => {
      if (stays) return;
      outliveTheTerminal();
      onRequest();
    });
    onceNpmHasGone(() => {
      outliveTheTerminal();
      firstAt ??= performance.now();
      resolve('stop');
    });
  });
}

/** Whether the process belongs to a terminal, even if its input and output are redirected. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}

/** SIGTERM to npm ends npm and its shell, and is not passed on: without this we would run for ever. */
export function onceNpmHasGone(then: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, CHECK_NPM_EVERY_MS);
  timer.unref();
}

/** Output to a closed terminal fails. That must not interrupt the orderly end. */
function outliveTheTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
