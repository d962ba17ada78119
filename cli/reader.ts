import type { ExitCode } from './exit-codes.ts';

/**
 * Whoever reads what streams may have seen enough, as `head` has: that is no failure.
 *
 * @param exitCode what the command then promises
 */
export function leaveWithTheReader(exitCode: ExitCode): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCode);
  });
}
