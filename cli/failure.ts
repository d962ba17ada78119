/** Failures as a person or a script meets them: one clear message, and an exit code. */
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { grpcCodeIn } from './grpc-code.ts';

/** Something a command found wrong, put so that a person knows what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * The project's errors whose message is all that a person needs. By name, since importing the classes
 * would load every part of the project, the simulator too, into every command.
 */
const CODES: Readonly<Record<string, ExitCode>> = {
  EnvironmentError: EXIT.usage,
  InvalidRequestError: EXIT.usage,
  OnboardingNotFoundError: EXIT.notFound,
  UpdateRefusedError: EXIT.refused,
  TemporalUnavailableError: EXIT.unavailable,
  NoWorkerError: EXIT.unavailable,
  PortTakenError: EXIT.usage,
  DevServerInUseError: EXIT.usage,
  DevServerStartError: EXIT.unexpected,
  BinaryNotFoundError: EXIT.usage,
  StateFileError: EXIT.usage,
};

/** The exit code for what a command threw; says the rest on standard error. */
export function reportFailure(error: unknown): ExitCode {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof Error) {
    const code = error instanceof CommandError ? error.exitCode : CODES[error.name];
    if (code !== undefined) {
      process.stderr.write(`onboard: ${error.message}\n`);
      return code;
    }
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`onboard: unexpected failure, please report it\n${told}\n`);
  const code = grpcCodeIn(error);
  if (code !== undefined) {
    process.stderr.write(`Temporal answered ${code}; in which words, its own log tells\n`);
  }
  return EXIT.unexpected;
}
