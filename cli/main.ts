/** `onboard`: the command line. */
import { EXIT } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import { createProgram } from './program.ts';

/** Time for what closes in order; what has failed may never close. */
const ENDED_WITHIN_MS = 1_000;

try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
  // Nobody waits for what is under way, and the SDK would repeat it on a connection that is closed now.
  if (process.exitCode === EXIT.interrupted) process.exit();
  setTimeout(() => process.exit(), ENDED_WITHIN_MS).unref();
}
