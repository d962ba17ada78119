/** Failures as a person or a script meets them: one clear message, and an exit code. */
import { CommanderError } from 'commander';
import {
  InvalidRequestError,
  NoWorkerError,
  OnboardingNotFoundError,
  TemporalUnavailableError,
  UpdateRefusedError,
} from '../client/index.ts';
import { BinaryNotFoundError, DevServerInUseError, PortTakenError } from '../devserver/index.ts';
import { PortTakenError as SimulatorPortTakenError } from '../simulator/port-taken-error.ts';
import { EnvironmentError } from './environment/environment-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** Something a command found wrong, put so that a person knows what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}

type ErrorClass = abstract new (...args: never[]) => Error;

const CODES: readonly (readonly [ErrorClass, ExitCode])[] = [
  [EnvironmentError, EXIT.usage],
  [InvalidRequestError, EXIT.usage],
  [OnboardingNotFoundError, EXIT.notFound],
  [UpdateRefusedError, EXIT.refused],
  [TemporalUnavailableError, EXIT.unavailable],
  [NoWorkerError, EXIT.unavailable],
  [PortTakenError, EXIT.usage],
  [SimulatorPortTakenError, EXIT.usage],
  [DevServerInUseError, EXIT.usage],
  [BinaryNotFoundError, EXIT.usage],
];

/** The exit code for what a command threw; says the rest on standard error. */
export function reportFailure(error: unknown): ExitCode {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const code = error instanceof CommandError ? error.exitCode : codeOf(error);
  if (code !== undefined && error instanceof Error) {
    process.stderr.write(`onboard: ${error.message}\n`);
    return code;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`onboard: unexpected failure, please report it\n${told}\n`);
  return EXIT.unexpected;
}

function codeOf(error: unknown): ExitCode | undefined {
  return CODES.find(([type]) => error instanceof type)?.[1];
}
