import { EXIT } from './exit-codes.ts';

/** npm passes on the Ctrl-C that the terminal has sent to both of us. */
const SAME_REQUEST_MS = 1_000;

/**
 * Listens from now on for whoever wants the process to end: Ctrl-C, an orchestrator's SIGTERM, or the
 * terminal that is closed. Resolves at the first request, which is for the caller to heed; a second
 * one ends at once.
 */
export function stopRequest(): Promise<'stop'> {
  let firstAt: number | undefined;
  return new Promise((resolve) => {
    const heard = (): void => {
      if (firstAt === undefined) {
        firstAt = Date.now();
        resolve('stop');
      } else if (Date.now() - firstAt > SAME_REQUEST_MS) process.exit(EXIT.interrupted);
    };
    process.on('SIGINT', heard).on('SIGTERM', heard);
    process.on('SIGHUP', () => {
      outliveTheTerminal();
      heard();
    });
  });
}

/** What is still told on the way to the end can no longer be written: no reason to end half-way. */
function outliveTheTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
