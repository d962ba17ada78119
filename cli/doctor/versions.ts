/** Whether each onboarding has workers of the version that it waits for. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { countOf } from '../../client/search.ts';
import {
  makeCurrentCommand,
  NO_VERSION,
  workerVersions,
  written,
  type VersionName,
  type WorkerVersions,
} from '../../client/worker-versions.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const { WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING } =
  proto.temporal.api.enums.v1.WorkerDeploymentVersionStatus;

const START = 'Start workers of it, with TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_WORKER_BUILD_ID.';

export async function checkVersions(temporal: Client): Promise<Finding> {
  const { namespace } = temporal.options;
  const versions = await workerVersions(temporal.connection, namespace);
  const { current, ramping } = versions;
  const waiting = idle(versions);
  const makeCurrent = waiting.map((version) => makeCurrentCommand(version, namespace));
  if (current === undefined && ramping === undefined) {
    if (waiting.length === 0) return ok('the workers have no version');
    const found = `no version is current, although there are workers of ${list(waiting, versions)}`;
    return count(versions, NO_VERSION) === 0
      ? failed(`${found}: no onboarding makes progress`, 'Make one current:', ...makeCurrent)
      : warning(`${found}: workers without a version get the onboardings`, ...makeCurrent);
  }
  const routed = [
    `current: ${current ? describe(current, versions) : `workers without a version (${count(versions, NO_VERSION)})`}`,
    ...(ramping ? [`ramping, ${ramping.percent} %: ${describe(ramping.version, versions)}`] : []),
  ].join('; ');
  const lacking = [current, ramping?.version].filter(
    (version) => version !== undefined && count(versions, written(version)) === 0,
  );
  const noneWithout = current === undefined && count(versions, NO_VERSION) === 0;
  if (lacking.length > 0 || noneWithout) {
    return failed(
      `${routed}: onboardings wait for a version that no worker has`,
      START,
      ...(waiting.length > 0 ? ['Or make another one current:', ...makeCurrent] : []),
    );
  }
  const stranded = await strandedIn(temporal, versions);
  if (stranded.length > 0) {
    const each = stranded.map(({ version, open }) => `${open} to ${written(version)}`).join(', ');
    return failed(
      `${routed}; onboardings are pinned to a version that no worker has: ${each}`,
      `${START} They move to the current version when they wake.`,
    );
  }
  return ok(waiting.length === 0 ? routed : `${routed}; also: ${list(waiting, versions)}`);
}

/** Versions that have workers, and are neither current nor ramping. */
function idle({ current, ramping, polling }: WorkerVersions): readonly VersionName[] {
  const routed = [current, ramping?.version].flatMap((one) => (one ? [written(one)] : []));
  return [...polling.values()].flatMap(({ version }) =>
    version === undefined || routed.includes(written(version)) ? [] : [version],
  );
}

/** Versions without workers to which open onboardings are pinned. Only servers since 1.32 move pinned ones. */
async function strandedIn(temporal: Client, versions: WorkerVersions) {
  const { namespace } = temporal.options;
  const deploymentName = (versions.current ?? versions.ramping?.version)?.deploymentName;
  if (deploymentName === undefined) return [];
  const { workerDeploymentInfo } = await temporal.workflowService.describeWorkerDeployment({
    namespace,
    deploymentName,
  });
  const counted = await Promise.all(
    (workerDeploymentInfo?.versionSummaries ?? []).map(async ({ status, deploymentVersion }) => {
      const { buildId } = deploymentVersion ?? {};
      if (status !== WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING || !buildId) return [];
      const version = { deploymentName, buildId };
      if (count(versions, written(version)) > 0) return [];
      const open = await countOf(
        temporal,
        `ExecutionStatus = 'Running' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND ` +
          `TemporalWorkerDeploymentVersion = '${written(version)}'`,
      );
      return open > 0 ? [{ version, open }] : [];
    }),
  );
  return counted.flat();
}

function count({ polling }: WorkerVersions, version: string): number {
  return polling.get(version)?.workers.length ?? 0;
}

function describe(version: VersionName, versions: WorkerVersions): string {
  const workers = count(versions, written(version));
  return `${written(version)} (${workers === 1 ? '1 worker' : `${workers} workers`})`;
}

function list(some: readonly VersionName[], versions: WorkerVersions): string {
  return some.map((version) => describe(version, versions)).join(', ');
}
