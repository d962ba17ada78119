/** Temporal's Worker Versioning: which version of the workers gets onboardings, and of which versions workers poll. */
import type { ConnectionLike } from '@temporalio/client';
import proto from '@temporalio/proto';
import { TASK_QUEUE } from '../workflows/contract/names.ts';
import { stillPolls } from './pollers.ts';

const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;
const { WORKER_VERSIONING_MODE_VERSIONED } = proto.temporal.api.enums.v1.WorkerVersioningMode;

export interface VersionName {
  readonly deploymentName: string;
  readonly buildId: string;
}

export interface WorkerVersions {
  /** Gets new onboardings and those that follow it. Undefined: the workers without a version. */
  readonly current: VersionName | undefined;
  /** Gets a share of them. */
  readonly ramping: { readonly version: VersionName; readonly percent: number } | undefined;
  /** The workers that poll, by their version as it is written. Those without one are under NO_VERSION. */
  readonly polling: ReadonlyMap<string, Polling>;
}

interface Polling {
  readonly version: VersionName | undefined;
  /** Their identities. */
  readonly workers: readonly string[];
}

export const NO_VERSION = '';

/** As Temporal's search attributes have it. */
export function written({ deploymentName, buildId }: VersionName): string {
  return `${deploymentName}:${buildId}`;
}

/** @throws gRPC's errors */
export async function workerVersions(
  connection: ConnectionLike,
  namespace: string,
): Promise<WorkerVersions> {
  const { versioningInfo, pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
  });
  const ramping = nameOf(versioningInfo?.rampingDeploymentVersion);
  const percent = versioningInfo?.rampingVersionPercentage ?? 0;
  const polling = new Map<string, Polling>();
  for (const { deploymentOptions, identity } of pollers.filter(stillPolls)) {
    const isVersioned =
      deploymentOptions?.workerVersioningMode === WORKER_VERSIONING_MODE_VERSIONED;
    const version = isVersioned ? nameOf(deploymentOptions) : undefined;
    const key = version ? written(version) : NO_VERSION;
    const workers = [...(polling.get(key)?.workers ?? []), identity ?? ''];
    polling.set(key, { version, workers });
  }
  return {
    current: nameOf(versioningInfo?.currentDeploymentVersion),
    ramping: ramping && percent > 0 ? { version: ramping, percent } : undefined,
    polling,
  };
}

/** The workers to which Temporal gives new onboardings, and those that follow the current version. */
export function workersInUse({ current, ramping, polling }: WorkerVersions): readonly string[] {
  const inUse = [current ? written(current) : NO_VERSION, ramping && written(ramping.version)];
  return [...polling].flatMap(([version, { workers }]) => (inUse.includes(version) ? workers : []));
}

interface MaybeNamed {
  readonly deploymentName?: string | null;
  readonly buildId?: string | null;
}

function nameOf(version: MaybeNamed | null | undefined): VersionName | undefined {
  const { deploymentName, buildId } = version ?? {};
  return deploymentName && buildId ? { deploymentName, buildId } : undefined;
}

/** The command that has a version get all onboardings. */
export function makeCurrentCommand({ deploymentName, buildId }: VersionName, namespace: string) {
  return (
    `temporal worker deployment set-current-version --namespace ${namespace} ` +
    `--deployment-name ${deploymentName} --build-id ${buildId}`
  );
}
