/** `onboard`: the command line. */
import { reportFailure } from './failure.ts';
import { createProgram } from './program.ts';

/** Time for what closes in order; what has failed may never close. */
const ENDED_WITHIN_MS = 1_000;

try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
  setTimeout(() => process.exit(), ENDED_WITHIN_MS).unref();
}
