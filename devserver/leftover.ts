import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import type { Report } from './report.ts';
import { DevServerInUseError } from './state-claim.ts';
import { readRecord, removeRecord } from './server-record.ts';

const LOOK_EVERY_MS = 50;
const GRACE_MS = 10_000;

/**
 * Stops a server that an owner killed by force left running on this database file. It is stopped,
 * not taken over: a restart costs about a second and loses nothing, while the old server may be of
 * another version, or lack a port, a search attribute or a setting of this start.
 *
 * @throws DevServerInUseError when the owner still runs.
 */
export async function clearLeftover(dbFile: string, report: Report): Promise<void> {
  const record = await readRecord(dbFile);
  // One that another process writes from now on is not ours to remove.
  if (record === 'none') return;
  if (record !== 'unreadable') {
    const { server, owner, port } = record;
    // Without a server, one is being started; with one that has ended, the owner may start another.
    const atWork = await isRunning(server ?? owner);
    if (atWork && (await isRunning(owner))) throw new DevServerInUseError(dbFile, owner.pid, port);
    if (atWork && server !== undefined) {
      report(`Stopping the Temporal server that an earlier run left behind (port ${port})`);
      await end(server);
    }
  }
  await removeRecord(dbFile);
}

/** Politely, then by force. */
async function end(leftover: ProcessIdentity): Promise<void> {
  const forceAt = Date.now() + GRACE_MS;
  signal(leftover, 'SIGTERM');
  while (await isRunning(leftover)) {
    if (Date.now() > forceAt) signal(leftover, 'SIGKILL');
    await delay(LOOK_EVERY_MS);
  }
}

function signal({ pid }: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended by itself.
  }
}
