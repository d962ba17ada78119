import { identify } from './process-identity.ts';
import { readRecord, removeRecord, replaceRecord, writeRecord } from './server-record.ts';

/** Another process, still at work, runs a server on the same database file. */
export class DevServerInUseError extends Error {
  override readonly name = 'DevServerInUseError';

  constructor(dbFile: string, owner: number | undefined, port: number | undefined) {
    super(
      `The state in ${dbFile} is in use: process ${owner ?? '?'} runs a Temporal server on it, at ` +
        `port ${port ?? '?'}. Stop that process, or choose another place for the state.`,
    );
  }
}

/** That this process is the one to run a server on a database file. */
export interface StateClaim {
  /** Writes down which process is the server, for whoever finds it left behind. */
  readonly servedBy: (pid: number) => Promise<void>;
  readonly release: () => Promise<void>;
}

/** For a server whose state is in no file. */
export const NO_CLAIM: StateClaim = {
  servedBy: () => Promise.resolve(),
  release: () => Promise.resolve(),
};

/**
 * Claims a database file, before any server is started on it: two that make the same new database
 * could both fail.
 *
 * @throws DevServerInUseError when another process was quicker.
 */
export async function claimState(dbFile: string, port: number): Promise<StateClaim> {
  const owner = await identify(process.pid);
  // Where processes cannot be told apart, none can be found left behind either.
  if (owner === undefined) return NO_CLAIM;
  if (!(await writeRecord(dbFile, { owner, port }))) {
    const other = await readRecord(dbFile);
    if (typeof other === 'string') throw new DevServerInUseError(dbFile, undefined, undefined);
    throw new DevServerInUseError(dbFile, other.owner.pid, other.port);
  }
  let ours: number | undefined;
  return {
    servedBy: async (pid) => {
      const server = await identify(pid);
      // Undefined: it has ended already, and waiting for its answer will tell why.
      if (server === undefined) return;
      await replaceRecord(dbFile, { server, owner, port });
      ours = server.pid;
    },
    release: async () => {
      const record = await readRecord(dbFile);
      // Released before, or ended by another, it may have been claimed for the next server.
      if (typeof record !== 'string' && record.server?.pid === ours) await removeRecord(dbFile);
    },
  };
}
