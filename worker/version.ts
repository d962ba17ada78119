/** The version of a worker in Temporal's Worker Versioning, and what it means for the worker. */
import type { ConnectionLike } from '@temporalio/client';
import type { WorkerDeploymentOptions } from '@temporalio/worker';
import {
  makeCurrentCommand,
  workerVersions,
  written,
  type VersionName,
} from '../client/worker-versions.ts';

export interface WorkerVersion extends VersionName {
  /**
   * `auto-upgrade`: an onboarding goes on with the version that is current by then; `pinned`: with the one that it began
   * with, until it continues as new on a newer one.
   */
  readonly behavior: 'auto-upgrade' | 'pinned';
}

export function deploymentOptions({
  deploymentName,
  buildId,
  behavior,
}: WorkerVersion): WorkerDeploymentOptions {
  return {
    version: { deploymentName, buildId },
    useWorkerVersioning: true,
    defaultVersioningBehavior: behavior === 'pinned' ? 'PINNED' : 'AUTO_UPGRADE',
  };
}

/** Older servers never report a newer version to a pinned onboarding, so that it would stay for weeks. */
const PINNED_SINCE = { major: 1, minor: 32 };

/** @returns why this server cannot do it, or undefined */
export async function pinningFault(
  connection: Pick<ConnectionLike, 'workflowService'>,
): Promise<string | undefined> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(serverVersion) ?? [];
  const { major: first, minor: second } = PINNED_SINCE;
  const isNewEnough = Number(major) > first || (Number(major) === first && Number(minor) >= second);
  return isNewEnough
    ? undefined
    : `Temporal's server is ${serverVersion === '' ? 'of an unknown version' : serverVersion}, and pinned ` +
        `onboardings need ${first}.${second} or newer: set TEMPORAL_VERSIONING_BEHAVIOR=auto-upgrade`;
}

export interface VersionReport {
  /** What the version gets, whenever that changes. */
  readonly info: (line: string) => void;
  /** It gets nothing, so that a person has to make it current: at first and every ten minutes. */
  readonly warn: (line: string) => void;
}

const READ_EVERY_MS = 30_000;
const WARN_EVERY = 20;

/** Reports how much of the onboardings this version gets. Temporal sends a version nothing before a person made it current. */
export function watchVersion(
  connection: ConnectionLike,
  namespace: string,
  version: WorkerVersion,
  report: VersionReport,
): () => void {
  // Null before the first read.
  let last: string | undefined | null = null;
  let unchanged = 0;
  const read = async (): Promise<void> => {
    const line = await shareOf(connection, namespace, version);
    unchanged = line === last ? unchanged + 1 : 0;
    last = line;
    if (line !== undefined && unchanged === 0) report.info(line);
    if (line === undefined && unchanged % WARN_EVERY === 0) {
      report.warn(
        `version ${written(version)} is neither current nor ramping, so this worker gets no onboardings: ` +
          makeCurrentCommand(version, namespace),
      );
    }
  };
  // While Temporal is away, the worker itself reports that.
  const tryToRead = (): void => void read().catch(() => undefined);
  // The server knows a version from its first polls on.
  const first = setTimeout(tryToRead, 5_000);
  const timer = setInterval(tryToRead, READ_EVERY_MS);
  first.unref();
  timer.unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}

/** Undefined if it gets none. */
async function shareOf(
  connection: ConnectionLike,
  namespace: string,
  version: WorkerVersion,
): Promise<string | undefined> {
  const { current, ramping } = await workerVersions(connection, namespace);
  const ours = written(version);
  if (ramping && written(ramping.version) === ours) {
    return `version ${ours} is ramping: it gets ${ramping.percent} % of the onboardings`;
  }
  if (current === undefined || written(current) !== ours) return undefined;
  return ramping
    ? `version ${ours} is current: it gets what is not for ${written(ramping.version)} (${ramping.percent} %)`
    : `version ${ours} is current: it gets all onboardings`;
}
