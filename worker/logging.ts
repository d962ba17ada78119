/** Log lines as JSON, one each, of our own and of Temporal's: with no secret and no personal data. */
import { pino, type DestinationStream, type Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Nothing logs these on purpose: a net below. */
const NEVER_SHOWN = [
  ...['token', 'privateKey', 'apiKey', 'authorization', 'signature', 'password', 'hashKey'],
  'taskToken',
  ...['email', 'registration', 'to'],
];

/** @param destination where lines go, such as `pino.destination(2)`: standard error */
export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  const serializers = { err: told, error: told };
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
    destination,
  );
}

const MOST_CAUSES = 5;

interface ToldError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: ToldError | undefined;
}

/** An error's own words: not what else it carries, such as the arguments of a call. */
function told(error: unknown, depth = 0): unknown {
  return error instanceof Error ? toldError(error, depth) : error;
}

function toldError({ name, message, stack, cause }: Error, depth: number): ToldError {
  const goesOn = cause instanceof Error && depth < MOST_CAUSES;
  return { type: name, message, stack, ...(goesOn && { cause: toldError(cause, depth + 1) }) };
}
