import { EXIT } from './exit-codes.ts';

/** Whoever reads what streams may have seen enough, as `head` has: that is no failure. */
export function leaveWithTheReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.done);
  });
}
