/** How a command fails: with one message and an exit code. */
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { grpcCodeOf } from '../client/grpc.ts';

/** A failure whose message says what to do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * The project's errors whose message suffices for a person. By name: importing the classes would load every
 * part of the project, the simulator too, into every command.
 */
const CODES: Readonly<Record<string, ExitCode>> = {
  EnvironmentError: EXIT.usage,
  InvalidRequestError: EXIT.usage,
  OnboardingNotFoundError: EXIT.notFound,
  NotificationNotFoundError: EXIT.notFound,
  UpdateRefusedError: EXIT.refused,
  TemporalUnavailableError: EXIT.unavailable,
  NoWorkerError: EXIT.unavailable,
  PortTakenError: EXIT.usage,
  DevServerInUseError: EXIT.usage,
  DevServerStartError: EXIT.unexpected,
  BinaryNotFoundError: EXIT.usage,
  StateFileError: EXIT.usage,
};

/** Prints the failure of a command on standard error, and returns the exit code. */
export function reportFailure(error: unknown): ExitCode {
  // Commander has printed it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof Error) {
    const code = error instanceof CommandError ? error.exitCode : CODES[error.name];
    if (code !== undefined) {
      process.stderr.write(`onboard: ${error.message}\n`);
      return code;
    }
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`onboard: unexpected failure, please report it\n${details}\n`);
  const code = grpcCodeOf(error);
  if (code !== undefined) {
    process.stderr.write(`Temporal answered ${code}; its log has the details\n`);
  }
  return EXIT.unexpected;
}
