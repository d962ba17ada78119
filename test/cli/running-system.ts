/** For one test file: a running system, and commands that use it. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OnboardingClient } from '../../client/index.ts';
import type { DevServerOptions } from '../../devserver/index.ts';
import {
  HASH_KEY,
  useDevelopmentServer,
  type DevelopmentServer,
} from '../client/development-server.ts';
import { startOnboard, type Ran, type RunOptions, type Running } from './onboard.ts';
import { WRITTEN_KEYS } from '../support/encryption.ts';

export interface RunningSystem {
  readonly testEnv: DevelopmentServer;
  readonly client: OnboardingClient;
  /** Runs a command to its end. */
  readonly onboard: (args: readonly string[], options?: RunOptions) => Promise<Ran>;
  /** Begins one that takes its time. */
  readonly begin: (args: readonly string[], options?: RunOptions) => Running;
  /** Writes a file for a command to read; answers where it is. */
  file(name: string, content: string): Promise<string>;
  /** All that the commands of this file have printed. */
  printed(): string;
}

export const anEnvironment = (address: string, folder: string): Record<string, string> => ({
  TEMPORAL_ADDRESS: address,
  ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
  ONBOARDING_HASH_KEY: `${HASH_KEY.version}:${HASH_KEY.key.toString('base64')}`,
  ONBOARDING_STATE_DIR: folder,
});

export function useRunningSystem(dynamicConfig?: DevServerOptions['dynamicConfig']): RunningSystem {
  const testEnv = useDevelopmentServer(dynamicConfig);
  const runs: Running[] = [];
  let folder: string;
  let client: OnboardingClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-cli-'));
    client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  });

  afterAll(async () => {
    for (const { child, end } of runs) {
      if (child.exitCode === null) child.kill('SIGKILL');
      await end;
    }
    await rm(folder, { recursive: true, force: true });
    // Only invented people have such addresses.
    // Masked, as in `j…@example.org`, it may be printed.
    expect(printed()).not.toMatch(/[^…]@example\.org/);
  });

  function begin(args: readonly string[], { env = {}, ...options }: RunOptions = {}): Running {
    const running = startOnboard(args, {
      ...options,
      env: { ...anEnvironment(testEnv.server.address, folder), ...env },
    });
    runs.push(running);
    return running;
  }

  function printed(): string {
    return runs.map(({ out, err }) => out() + err()).join('\n');
  }

  return {
    testEnv,
    begin,
    printed,
    onboard: (args, options) => begin(args, options).end,
    async file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    get client() {
      return client;
    },
  };
}

export function jsonIn(text: string): unknown {
  return JSON.parse(text);
}

export function jsonLinesIn(text: string): readonly unknown[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
