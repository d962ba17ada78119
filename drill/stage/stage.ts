/** The environment of a drill: Temporal, AR24's simulator, gateway and worker as processes. */
import { join } from 'node:path';
import { temporaryFolder, type Folder } from '../folder.ts';
import { answers } from '../processes/answers.ts';
import { keepRunning, type Kept } from '../processes/kept.ts';
import { lastingPort } from '../processes/port.ts';
import { keepTemporal, type KeptTemporal } from '../processes/temporal.ts';
import { until } from '../pause.ts';
import {
  commonEnvironment,
  gatewayEnvironment,
  workerEnvironment,
  type Ports,
} from './environment.ts';
import { WEBHOOK_SECRET } from './keys.ts';
import type { StageOptions } from './options.ts';
import { simulatorAt, switchesOf, type SimulatorAt } from './simulator.ts';
import { isUnharmed, type DrillVerdict } from '../verdict/verdict.ts';
import { visibilityOf, type Visibility } from './visibility.ts';

export interface Stage {
  readonly options: StageOptions;
  /** A temporary folder for the drill's files. */
  readonly folder: string;
  /** Undefined if the options name another Temporal. */
  readonly temporal: KeptTemporal | undefined;
  readonly visibility: Visibility;
  readonly simulator: SimulatorAt;
  readonly worker: Kept;
  readonly gateway: Kept;
  readonly gatewayUrl: string;
  /** Starts one more worker, beside the first; resolves when it is ready. */
  startWorker(another: AnotherWorker): Promise<Kept>;
  /** Resolves when the worker is ready. */
  workerReady(): Promise<void>;
  gatewayReady(): Promise<void>;
  readonly healthUrl: string;
  /** The environment of `onboard` commands here. */
  readonly commands: Readonly<Record<string, string>>;
}

export interface AnotherWorker {
  /** Of its log. */
  readonly name: string;
  /** Another build's `onboard` command. */
  readonly onboard: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Long, because a busy machine is slow. */
const READY_WITHIN_MS = 180_000;

/** Starts a stage, plays the drill on it, and stops all processes. Keeps the logs if the verdict has a fault. */
export function inStage(
  options: StageOptions,
  play: (stage: Stage) => Promise<DrillVerdict>,
): Promise<DrillVerdict> {
  return onStage(options, play, isUnharmed);
}

/** The same for a play without a verdict. @param isWell whether the logs may go */
export async function onStage<T>(
  options: StageOptions,
  play: (stage: Stage) => Promise<T>,
  isWell: (result: T) => boolean,
): Promise<T> {
  const folder = await temporaryFolder('drill-stage');
  const closing: (() => Promise<void>)[] = [];
  try {
    const result = await play(await open(options, folder.path, closing));
    await closeAll(closing);
    if (isWell(result)) await folder.remove();
    else keepLogs(options, folder);
    return result;
  } catch (error) {
    await closeAll(closing);
    keepLogs(options, folder);
    throw error;
  }
}

function keepLogs({ progress }: StageOptions, { keep, path }: Folder): void {
  keep();
  progress(`logs are in ${path}`);
}

async function open(
  options: StageOptions,
  folder: string,
  closing: (() => Promise<void>)[],
): Promise<Stage> {
  const { progress } = options;
  const temporal =
    options.temporal === undefined
      ? await keepTemporal({
          folder: options.temporalFolder ?? folder,
          logFolder: folder,
          progress,
        })
      : undefined;
  if (temporal !== undefined) closing.push(temporal.stop);
  const place = options.temporal ?? temporal;
  if (place === undefined) throw new Error('no Temporal');
  const visibility = visibilityOf(place);
  closing.push(visibility.close);

  const ports: Ports = {
    simulator: await lastingPort(),
    gateway: await lastingPort(),
    health: await lastingPort(),
  };
  const common = commonEnvironment(place, folder);
  const forWorker = workerEnvironment(options, ports);
  const start = (name: string, more: Started): Kept => {
    const kept = keepRunning({
      command: process.execPath,
      args: [
        ...(more.nodeOptions ?? []),
        more.onboard ?? options.onboard,
        more.command ?? name,
        ...(more.args ?? []),
      ],
      env: { ...common, ...more.env },
      logFile: join(folder, `${name}.log`),
    });
    closing.push(kept.stop);
    return kept;
  };

  const gatewayUrl = `http://127.0.0.1:${ports.gateway}`;
  const webhookUrl =
    options.webhooks === 'on' ? `${gatewayUrl}/webhooks/ar24/${WEBHOOK_SECRET}` : null;
  const switches = Object.entries(switchesOf(webhookUrl)).flatMap(([name, value]) => [
    '--switch',
    `${name}=${JSON.stringify(value)}`,
  ]);
  const simulator = simulatorAt(`http://127.0.0.1:${ports.simulator}`);
  const { nodeOptions } = options;
  start('simulator', {
    args: ['--port', String(ports.simulator), '--seed', String(options.seed), ...switches],
    ...(nodeOptions?.simulator && { nodeOptions: nodeOptions.simulator }),
  });
  const gateway = start('gateway', {
    env: { ...gatewayEnvironment(ports), ...options.environment?.gateway },
  });
  const reached = await options.workerReachesTemporalAt?.(place.address);
  const ar24 = await options.workerReachesAr24At?.(simulator.url);
  const worker = start('worker', {
    env: {
      ...forWorker,
      ...options.environment?.worker,
      ...(reached !== undefined && { TEMPORAL_ADDRESS: reached }),
      ...(ar24 !== undefined && { AR24_BASE_URL: `${ar24}/api/` }),
    },
    ...(nodeOptions?.worker && { nodeOptions: nodeOptions.worker }),
  });
  const ready = (what: string, url: string) => () =>
    until(`${what} is ready`, READY_WITHIN_MS, () => answers(url));
  const workerReady = ready('the worker', `http://127.0.0.1:${ports.health}/ready`);
  const gatewayReady = ready('the gateway', `${gatewayUrl}/ready`);
  const startWorker = async ({ name, onboard, variables }: AnotherWorker): Promise<Kept> => {
    const health = await lastingPort();
    const env = { ...forWorker, ...variables, ONBOARDING_HEALTH_PORT: String(health) };
    const kept = start(name, { command: 'worker', onboard, env });
    await ready(name, `http://127.0.0.1:${health}/ready`)();
    return kept;
  };
  await ready('the simulator', `${simulator.url}/health`)();
  await gatewayReady();
  await workerReady();
  return {
    options,
    folder,
    temporal,
    visibility,
    simulator,
    worker,
    gateway,
    gatewayUrl,
    startWorker,
    workerReady,
    gatewayReady,
    healthUrl: `http://127.0.0.1:${ports.health}`,
    commands: { ...common, ...forWorker },
  };
}

interface Started {
  /** Default: its name. */
  readonly command?: string;
  readonly onboard?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

/** Stops the processes in reverse order, so that a worker's last completions reach Temporal. */
async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closing.toReversed()) await close();
}
