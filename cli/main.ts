/** `onboard`: the command line. */
import { reportFailure } from './failure.ts';
import { createProgram } from './program.ts';

try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
