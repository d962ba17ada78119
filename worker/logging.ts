/** Writes our log lines and Temporal's as JSON, one a line, without secrets and personal data. */
import { pino, type DestinationStream, type Logger } from 'pino';
import { printableJson } from './printable.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** No code logs these on purpose. Redaction is a safety net. */
const NEVER_SHOWN = [
  ...['token', 'privateKey', 'apiKey', 'authorization', 'signature', 'password', 'hashKey'],
  'taskToken',
  ...['email', 'registration', 'to'],
];

/** @param destination receives the lines, such as `pino.destination(2)`: standard error */
export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  const serializers = { err: serialized, error: serialized };
  const paths = NEVER_SHOWN.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino(
    {
      level,
      serializers,
      redact: { paths, censor: '[redacted]' },
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // JSON does not escape bidi marks, C1 controls and line separators.
    {
      write: (line: string) => {
        destination.write(printableJson(line));
      },
    },
  );
}

const MOST_CAUSES = 5;

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: LoggedError | undefined;
}

/** An error's message and stack, without its other properties, such as the arguments of a call. */
function serialized(error: unknown): unknown {
  return error instanceof Error ? serializedError(error, 0) : error;
}

function serializedError({ name, message, stack, cause }: Error, depth: number): LoggedError {
  const goesOn = cause instanceof Error && depth < MOST_CAUSES;
  return {
    type: name,
    message,
    stack,
    ...(goesOn && { cause: serializedError(cause, depth + 1) }),
  };
}
