/** Temporal may start later than we do, or be away for a while: that is no reason to end. */
import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { prepareNamespace } from './namespace.ts';
import type { TemporalServer } from './place.ts';
import { asTrouble } from './trouble.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

export interface Told {
  /** Why Temporal cannot be used yet, and the milliseconds until the next try. */
  readonly waiting: (why: string, pauseMs: number) => void;
  readonly did: (what: string) => void;
}

export interface Connected<T> {
  readonly connection: NativeConnection;
  readonly made: T;
}

/**
 * Connects as soon as Temporal answers, makes sure that its namespace is ready for us, and makes what
 * is to use the connection; all of it again if Temporal goes away in the middle. A worker that ended
 * where nobody answers would be restarted over and over by whatever runs it, and say less about why.
 *
 * @param make leaves the connection free to be closed where it fails
 * @throws CommandError where waiting does not help: refused credentials, no such namespace, search
 *   attributes that are missing and that we may not add
 */
export async function connectWhenThere<T>(
  server: TemporalServer,
  told: Told,
  make: (connection: NativeConnection) => Promise<T>,
): Promise<Connected<T>> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    let connection: NativeConnection | undefined;
    try {
      connection = await NativeConnection.connect(server.connection);
      await prepareNamespace(connection, server.namespace, told.did);
      return { connection, made: await make(connection) };
    } catch (error) {
      await connection?.close();
      const trouble = asTrouble(error, server);
      if (trouble.kind === 'lasting') throw trouble.error;
      told.waiting(trouble.why, pauseMs);
      await pause(pauseMs);
    }
  }
}
