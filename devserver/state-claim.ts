import { identify } from './process-identity.ts';
import { readRecord, removeRecord, writeRecord } from './server-record.ts';

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

/**
 * Writes down that a server of ours runs on this database file. Answers how to take that back.
 *
 * @throws DevServerInUseError when another process was quicker.
 */
export async function claimState(
  dbFile: string,
  serverPid: number,
  port: number,
): Promise<() => Promise<void>> {
  const [server, owner] = await Promise.all([identify(serverPid), identify(process.pid)]);
  // The server has ended already: waiting for its answer will tell why.
  if (server === undefined || owner === undefined) return () => Promise.resolve();
  if (!(await writeRecord(dbFile, { server, owner, port }))) {
    const other = await readRecord(dbFile);
    if (typeof other === 'string') throw new DevServerInUseError(dbFile, undefined, undefined);
    throw new DevServerInUseError(dbFile, other.owner.pid, other.port);
  }
  return () => removeRecord(dbFile);
}
