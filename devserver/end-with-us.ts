import { spawn, type ChildProcess } from 'node:child_process';
import { plainEnvironment } from './child-environment.ts';

/** Its input ends when we end, also by `kill -9`. SIGKILL after eight seconds, if SIGTERM did not help. */
const WATCHER = `
  read -r _
  kill "$0"
  for _ in 1 2 3 4 5 6 7 8; do sleep 1; kill -0 "$0" || exit; done
  kill -9 "$0"`;

/** Has a shell, a process of its own, end the server if this process is killed. */
export function endWithUs(server: ChildProcess, pid: number): void {
  const watcher = spawn('sh', ['-c', WATCHER, String(pid)], {
    detached: true,
    env: plainEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without `sh` the server outlives a killed parent, and the next start says which process it is.
  watcher.on('error', () => undefined);
  server.once('exit', () => watcher.kill('SIGKILL'));
}
