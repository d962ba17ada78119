/**
 * Follows the credentials of Temporal while a process runs: client certificate, authority and API key, as far as they are
 * files. Read again at SIGHUP, and every minute, because nobody sends a signal when Kubernetes replaces a mounted Secret.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Connection, type ConnectionLike } from '@temporalio/client';
import type { Logger } from 'pino';
import { replaceableConnection } from '../client/replaceable-connection.ts';
import { grpcAnswerIn } from '../client/grpc.ts';
import type { EnvironmentFault } from './environment/environment-error.ts';
import type { Environment } from './environment/read-environment.ts';
import { temporalServer, type TemporalServer } from './worker/place.ts';

const READ_EVERY_MS = 60_000;
const ANSWERS_WITHIN_MS = 10_000;

export interface Following {
  /** Resolves once no reading is in progress: no other connection is used from then on. */
  readonly stop: () => Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

interface Followed<C extends Closable> {
  /** With the credentials in use. */
  readonly server: TemporalServer;
  /** @throws if Temporal does not accept the credentials */
  readonly connect: (server: TemporalServer) => Promise<C>;
  /** Uses this connection from now on. */
  readonly use: (connection: C, server: TemporalServer) => void;
  readonly logger: Logger;
  readonly environment?: Environment;
  readonly everyMs?: number;
}

/** The server with the credentials of the files as they are now; as given if they cannot be read at this moment. */
export function withNewCredentials(
  server: TemporalServer,
  environment: Environment = process.env,
): TemporalServer {
  const found = readServer(server, environment);
  return 'fault' in found ? server : found.server;
}

/** The address and the namespace stay: another Temporal needs a restart. */
function readServer(
  inUse: TemporalServer,
  environment: Environment,
): { readonly server: TemporalServer } | { readonly fault: string } {
  const faults: EnvironmentFault[] = [];
  const found = temporalServer(faults, environment);
  const [fault] = faults;
  if (fault !== undefined) return { fault: `${fault.name} ${fault.message}` };
  if (found === undefined) return { server: inUse };
  const { address } = inUse.connection;
  const server = { ...inUse, connection: { ...found.connection, address } };
  const mismatch = mismatchIn(server);
  return mismatch === undefined ? { server } : { fault: mismatch };
}

/** Credentials that are not accepted change nothing; they are tried again at the next reading. */
export function followCredentials<C extends Closable>(followed: Followed<C>): Following {
  const { connect, use, logger, environment = process.env, everyMs = READ_EVERY_MS } = followed;
  let inUse = followed.server;
  let reading: Promise<void> | undefined;
  let reported: string | undefined;
  let isStopped = false;

  function warn(why: string): void {
    // Once for each reason.
    if (why !== reported) logger.warn({ why }, 'new credentials for Temporal cannot be used');
    reported = why;
  }

  async function read(): Promise<void> {
    const found = readServer(inUse, environment);
    if ('fault' in found) {
      warn(found.fault);
      return;
    }
    const { server } = found;
    if (isDeepStrictEqual(server, inUse)) return;
    try {
      const connection = await connect(server);
      if (isStopped) {
        await connection.close();
        return;
      }
      use(connection, server);
    } catch (error) {
      warn(grpcAnswerIn(error)?.code ?? (error instanceof Error ? error.name : 'unknown'));
      return;
    }
    inUse = server;
    reported = undefined;
    const certificate = certificateOf(server);
    logger.info(
      certificate === undefined ? {} : { certificateEndsAt: certificate.validToDate },
      'new credentials for Temporal are in use',
    );
  }

  const readAgain = (): void => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
  };
  const timer = setInterval(readAgain, everyMs);
  timer.unref();
  process.on('SIGHUP', readAgain);
  return {
    async stop() {
      clearInterval(timer);
      process.off('SIGHUP', readAgain);
      isStopped = true;
      await reading;
    },
  };
}

/** The client certificate; undefined if there is none, or no valid one. */
export function certificateOf({
  connection: { tls },
}: TemporalServer): X509Certificate | undefined {
  const pair = typeof tls === 'object' && tls !== null ? tls.clientCertPair : undefined;
  try {
    return pair === undefined ? undefined : new X509Certificate(pair.crt);
  } catch {
    return undefined;
  }
}

/** Two files are not replaced at the same moment: one of them may be of the pair before. */
function mismatchIn(server: TemporalServer): string | undefined {
  const { tls } = server.connection;
  const pair = typeof tls === 'object' && tls !== null ? tls.clientCertPair : undefined;
  if (pair === undefined) return undefined;
  const fault =
    'the client certificate and its private key do not belong together, or one is invalid';
  try {
    const key = createPrivateKey(Buffer.from(pair.key));
    return certificateOf(server)?.checkPrivateKey(key) === true ? undefined : fault;
  } catch {
    return fault;
  }
}

export interface FollowingConnection extends Following {
  readonly connection: ConnectionLike;
  /** Also stops to follow the credentials. */
  close(): Promise<void>;
}

/** A lazy connection for clients that follows the credentials. @param changed is called with those now in use */
export function followingConnection(
  server: TemporalServer,
  logger: Logger,
  changed: (server: TemporalServer) => void,
): FollowingConnection {
  const replaceable = replaceableConnection(Connection.lazy(server.connection));
  const following = followCredentials({
    server,
    logger,
    connect: ({ connection, namespace }) => accepted(Connection.lazy(connection), namespace),
    use(connection, next) {
      replaceable.replace(connection);
      changed(next);
    },
  });
  return {
    connection: replaceable.connection,
    stop: following.stop,
    async close() {
      await following.stop();
      await replaceable.close();
    },
  };
}

/**
 * Answers with the connection once Temporal has accepted its credentials for the namespace, and closes it otherwise. Calls
 * that name no namespace are answered with credentials that may not use it, too.
 *
 * @throws the SDK's error if Temporal does not accept them, or does not answer
 */
export async function accepted<C extends ConnectionLike>(
  connection: C,
  namespace: string,
): Promise<C> {
  try {
    await connection.withDeadline(Date.now() + ANSWERS_WITHIN_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
