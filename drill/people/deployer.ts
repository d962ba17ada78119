/** Who deploys builds, with the commands of docs/runbooks/bad-build.md. */
import { until, pause } from '../pause.ts';
import { temporalTool, type TemporalToolAt } from '../processes/temporal-tool.ts';
import { API_KEY } from '../stage/keys.ts';
import type { Stage } from '../stage/stage.ts';
import type { Customer } from './customers.ts';

const DEPLOYMENT = 'drill';
/** The server knows a version, and its task queues, some seconds after its first poll. */
const KNOWN_WITHIN_MS = 120_000;
const MOVED_WITHIN_MS = 240_000;
const WAKE_EVERY_MS = 15_000;

export function versionVariables(
  buildId: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return { TEMPORAL_DEPLOYMENT_NAME: DEPLOYMENT, TEMPORAL_WORKER_BUILD_ID: buildId, ...more };
}

export interface Deployer {
  makeCurrent(buildId: string): Promise<void>;
  ramp(buildId: string, percent: number): Promise<void>;
}

export function deployerAt(at: TemporalToolAt): Deployer {
  const deployment = async (
    command: string,
    buildId: string,
    more: readonly string[] = [],
  ): Promise<void> => {
    const what = ['--deployment-name', DEPLOYMENT, '--build-id', buildId, ...more];
    at.progress(`temporal worker deployment ${command} --build-id ${buildId} ${more.join(' ')}`);
    await until(`${command} of ${buildId}`, KNOWN_WITHIN_MS, () =>
      temporalTool(at, ['worker', 'deployment', command, ...what, '--yes']).then(
        () => true,
        () => false,
      ),
    );
  };
  return {
    makeCurrent: (buildId) => deployment('set-current-version', buildId),
    ramp: (buildId, percent) =>
      deployment('set-ramping-version', buildId, ['--percentage', String(percent)]),
  };
}

/** Has each onboarding read AR24, so that it has a task for its workers: they wait for people, for days. */
async function wake({ gatewayUrl }: Stage, customers: readonly Customer[]): Promise<void> {
  for (const { reference } of customers) {
    const answer = await fetch(`${gatewayUrl}/onboardings/${reference}/checks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}` },
    }).catch(() => undefined);
    await answer?.arrayBuffer();
  }
}

/** How many open onboardings have had their last task from this build. */
async function onBuild({ visibility }: Stage, buildId: string): Promise<number> {
  const version = `TemporalWorkerDeploymentVersion = '${DEPLOYMENT}:${buildId}'`;
  return (await visibility.countOpen(version)) ?? 0;
}

/**
 * Wakes all until enough of them are on a build.
 *
 * @returns how many are
 */
export async function moved(
  stage: Stage,
  customers: readonly Customer[],
  buildId: string,
  isEnough: (onIt: number) => boolean,
): Promise<number> {
  const end = Date.now() + MOVED_WITHIN_MS;
  for (;;) {
    await wake(stage, customers);
    const nextWake = Date.now() + WAKE_EVERY_MS;
    while (Date.now() < nextWake) {
      const count = await onBuild(stage, buildId);
      if (isEnough(count) || Date.now() > end) {
        stage.options.progress(`${count} of ${customers.length} are on ${buildId}`);
        return count;
      }
      await pause(500);
    }
  }
}
