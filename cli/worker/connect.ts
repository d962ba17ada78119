/** Connects a worker, and waits while Temporal is away. */
import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { grpcCodeOf } from '../../client/grpc.ts';
import { CommandError } from '../failure.ts';
import { accepted } from '../temporal-credentials.ts';
import { prepareNamespace } from './namespace.ts';
import type { TemporalServer } from './place.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/** How the progress is reported. */
export interface ConnectReport {
  /** Why Temporal cannot be used yet, and the milliseconds until the next try. */
  readonly waiting: (why: string, pauseMs: number) => void;
  /** A change that was made, such as an added search attribute. */
  readonly changed: (change: string) => void;
}

interface Connected<T> {
  readonly server: TemporalServer;
  readonly made: T;
}

/**
 * Connects as soon as Temporal answers, prepares the namespace, and calls `make` with the connection. All of
 * it is repeated if Temporal goes away meanwhile: if the worker ended instead, its orchestrator would restart
 * it over and over.
 *
 * @param serverNow read for each try: its certificate may be replaced meanwhile
 * @param make has to leave the connection unused where it fails: it is closed then
 * @throws CommandError where waiting does not help: refused credentials, no such namespace, missing search
 *   attributes that we may not add
 */
export async function connectWhenThere<T>(
  serverNow: () => TemporalServer,
  report: ConnectReport,
  make: (connection: NativeConnection) => Promise<T>,
): Promise<Connected<T>> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const server = serverNow();
    let connection: NativeConnection | undefined;
    try {
      connection = await NativeConnection.connect(server.connection);
      await prepareNamespace(connection, server.namespace, report.changed);
      return { server, made: await make(connection) };
    } catch (error) {
      await connection?.close();
      const trouble = asTrouble(error, server);
      if (trouble.kind === 'lasting') throw trouble.error;
      report.waiting(trouble.why, pauseMs);
      await pause(pauseMs);
    }
  }
}

/** Connects with other credentials. @throws the SDK's error if Temporal does not accept them, or does not answer */
export async function connectAgain(server: TemporalServer): Promise<NativeConnection> {
  return accepted(await NativeConnection.connect(server.connection), server.namespace);
}

/** Why Temporal cannot be used: for now, or until a person repairs the set-up. */
type Trouble =
  | { readonly kind: 'passing'; readonly why: string }
  | { readonly kind: 'lasting'; readonly error: unknown };

const PASSING: readonly string[] = ['DEADLINE_EXCEEDED', 'RESOURCE_EXHAUSTED', 'UNAVAILABLE'];
const REFUSED: readonly string[] = ['PERMISSION_DENIED', 'UNAUTHENTICATED'];

/** The SDK's native part has gRPC's code in the message only. */
const PASSING_IN_WORDS = /code: (Unavailable|DeadlineExceeded|ResourceExhausted)/;
/** And for its first call only these words. */
const REFUSED_IN_WORDS = /authentication credentials|not have permission/i;

function asTrouble(error: unknown, { connection, namespace }: TemporalServer): Trouble {
  if (error instanceof CommandError || !(error instanceof Error)) return lasting(error);
  const at = `Temporal at ${connection.address}`;
  if (error.name === 'TransportError') {
    const why = innermost(error.message);
    if (!REFUSED_IN_WORDS.test(error.message)) return { kind: 'passing', why };
    return lasting(new CommandError(refusal(at, why)));
  }
  if (PASSING_IN_WORDS.test(error.message)) {
    return { kind: 'passing', why: innermost(error.message) };
  }
  const code = grpcCodeOf(error);
  if (code === undefined)
    return lasting(new CommandError(`${at} cannot be used: ${error.message}`));
  if (PASSING.includes(code)) return { kind: 'passing', why: error.message };
  if (REFUSED.includes(code)) return lasting(new CommandError(refusal(at, error.message)));
  if (code === 'NOT_FOUND') return lasting(new CommandError(missing(at, namespace)));
  return lasting(error);
}

function lasting(error: unknown): Trouble {
  return { kind: 'lasting', error };
}

function refusal(at: string, why: string): string {
  return `${at} refuses us (${why}): see TEMPORAL_API_KEY, TEMPORAL_NAMESPACE and TEMPORAL_TLS_*`;
}

function missing(at: string, namespace: string): string {
  return (
    `${at} has no namespace ${namespace}: set TEMPORAL_NAMESPACE, or make it with\n` +
    `  temporal operator namespace create --namespace ${namespace} --retention 30d`
  );
}

/** The innermost message of the native part's nested errors says most. */
function innermost(text: string): string {
  if (text.includes('InvalidMessage')) return 'it does not speak TLS';
  const [, message, error] = /message: "([^"]+)"|error: "([^"]+)"/.exec(text) ?? [];
  return message ?? error ?? text;
}
