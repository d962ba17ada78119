/** `onboard`: the command line. */
import { EXIT } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import { goOnWithoutReader } from './output.ts';
import { createProgram } from './program.ts';
import { guardTerminal } from './terminal.ts';

/** Time for an orderly end. After a failure, open handles may keep the process alive for ever. */
const ENDED_WITHIN_MS = 1_000;

guardTerminal();
goOnWithoutReader();
try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
  // The SDK would retry pending calls on the closed connection.
  if (process.exitCode === EXIT.interrupted) process.exit();
  setTimeout(() => process.exit(), ENDED_WITHIN_MS).unref();
}
