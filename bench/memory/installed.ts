/** Starts the commands of the built package, with the settings of the image that concern memory. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../../drill/pause.ts';
import { answers } from '../../drill/processes/answers.ts';
import { keepRunning } from '../../drill/processes/kept.ts';
import { lastingPort } from '../../drill/processes/port.ts';
import { AR24_KEYS, GATEWAY_KEYS } from '../../drill/stage/keys.ts';
import { imageEnvironment } from '../image-environment.ts';
import { HASH_KEY, WRITTEN_KEYS } from '../keys.ts';

export const COMMANDS = ['worker', 'gateway', 'exporter', 'codec'] as const;
export type Name = (typeof COMMANDS)[number];

export interface Installed {
  /** `bin/onboard.js` of the built package. */
  readonly onboard: string;
  /** For logs. */
  readonly folder: string;
  readonly temporal: string;
  readonly ar24: string;
}

export interface Measured {
  /** Of its API, if it has one. */
  readonly url: string;
  readonly logFile: string;
  /** The resident memory (RSS), in MiB. */
  memoryMiB(): Promise<number>;
  /** The most that it had, in MiB. Only Linux knows. */
  mostMiB(): Promise<number>;
  /** Whether it has the image's allocator: on a machine without it, the loader ignores the variable. */
  hasJemalloc(): Promise<boolean>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;
const HALF_A_DAY_S = '43200';

/** Resolves when it is ready. */
export async function startInstalled(
  name: Name,
  { onboard, folder, temporal, ar24 }: Installed,
  cached: number,
): Promise<Measured> {
  const [port, metricsPort] = [await lastingPort(), await lastingPort()];
  const metrics = `127.0.0.1:${metricsPort}`;
  const own: Record<Name, Readonly<Record<string, string>>> = {
    worker: {
      ...AR24_KEYS,
      AR24_BASE_URL: ar24,
      AR24_MAX_CALLS_PER_SECOND: '10000',
      ONBOARDING_HEALTH_PORT: String(port),
      ONBOARDING_METRICS_ADDRESS: metrics,
      ONBOARDING_MAX_CACHED_WORKFLOWS: String(cached),
      ONBOARDING_POLL_FIRST_S: HALF_A_DAY_S,
      ONBOARDING_POLL_MAX_S: HALF_A_DAY_S,
    },
    gateway: {
      ...GATEWAY_KEYS,
      ONBOARDING_GATEWAY_PORT: String(port),
      ONBOARDING_GATEWAY_METRICS_ADDRESS: metrics,
    },
    exporter: { ONBOARDING_EXPORTER_ADDRESS: metrics },
    codec: { ONBOARDING_CODEC_PORT: String(port), ONBOARDING_CODEC_METRICS_ADDRESS: metrics },
  };
  const logFile = join(folder, `${name}.log`);
  const kept = keepRunning({
    command: process.execPath,
    args: [onboard, name, ...(name === 'codec' ? ['--local'] : [])],
    env: {
      PATH: process.env['PATH'] ?? '',
      ...(await imageEnvironment()),
      TEMPORAL_ADDRESS: temporal,
      ONBOARDING_STATE_DIR: folder,
      ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
      ONBOARDING_HASH_KEY: `${HASH_KEY.version}:${Buffer.from(HASH_KEY.key).toString('base64')}`,
      ...own[name],
    },
    logFile,
  });
  const readyAt: Record<Name, string> = {
    worker: `http://127.0.0.1:${port}/ready`,
    gateway: `http://127.0.0.1:${port}/ready`,
    exporter: `http://${metrics}/live`,
    codec: `http://${metrics}/metrics`,
  };
  try {
    await until(`the ${name} is ready`, READY_WITHIN_MS, () => answers(readyAt[name]));
  } catch (error) {
    await kept.stop();
    throw error;
  }
  const pid = (): number => kept.pid() ?? 0;
  return {
    url: `http://127.0.0.1:${port}`,
    logFile,
    memoryMiB: () => residentMiB(pid()),
    async mostMiB() {
      const status = await readFile(`/proc/${pid()}/status`, 'utf8').catch(() => '');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    async hasJemalloc() {
      // Only Linux has this file.
      const maps = await readFile(`/proc/${pid()}/maps`, 'utf8').catch(() => '');
      return maps.includes('jemalloc');
    },
    stop: kept.stop,
  };
}

async function residentMiB(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Math.round(Number(stdout.trim()) / 1024);
}
