import { EXIT } from './exit-codes.ts';

/** Somebody wants the process to end: Ctrl-C, or an orchestrator's SIGTERM. */
export interface StopRequest {
  readonly signal: AbortSignal;
  /** Resolves when it comes. */
  readonly made: Promise<void>;
}

/** npm passes on the Ctrl-C that the terminal has sent to both of us. */
const SAME_REQUEST_MS = 1_000;

/** Listens from now on. The first request is for the caller to heed; a second one ends at once. */
export function listenForStop(): StopRequest {
  const stop = new AbortController();
  const { signal } = stop;
  let firstAt = 0;
  const heard = (): void => {
    if (!signal.aborted) {
      firstAt = Date.now();
      stop.abort();
    } else if (Date.now() - firstAt > SAME_REQUEST_MS) process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', heard).on('SIGTERM', heard);
  const made = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  return { signal, made };
}
