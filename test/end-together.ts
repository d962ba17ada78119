/**
 * Runs in jest and in each of its workers, outside the sandbox of the tests: signals and the end of the process
 * do not reach code in the sandbox. When jest ends by a signal, everything ends that its tests have started:
 * Temporal servers, browsers, and the processes of `onboard`.
 */
import { processesBelow } from './support/processes.ts';

const CHECK_PARENT_EVERY_MS = 500;

const isWorker = process.send !== undefined;
const parent = process.ppid;

process.on('SIGINT', () => {
  // Ctrl-C reaches all processes at once. Jest ends its workers, while it still finds what they have started.
  if (!isWorker) endAll(130);
});
process.on('SIGTERM', () => {
  endAll(143);
});
process.on('SIGHUP', () => {
  endAll(129);
});

// SIGTERM to npm ends npm and its shell, and does not reach jest; `kill -9` of jest does not reach its workers.
if (isWorker || process.env['npm_lifecycle_event'] !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) endAll(143);
  }, CHECK_PARENT_EVERY_MS).unref();
}

/** Stops them first, so that none starts another while they are being killed. */
function endAll(exitCode: number): never {
  const stopped = new Set<number>();
  for (;;) {
    const others = processesBelow(process.pid).filter(({ pid }) => !stopped.has(pid));
    const found = others.filter(({ pid }) => send(pid, 'SIGSTOP'));
    if (found.length === 0) break;
    for (const { pid } of found) stopped.add(pid);
  }
  for (const pid of stopped) send(pid, 'SIGKILL');
  process.exit(exitCode);
}

/** @returns whether the process was still there */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
