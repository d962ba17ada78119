/** `onboard worker` as a process of its own, for one test file. */
import { afterEach } from '@jest/globals';
import { z } from 'zod';
import { eventually } from '../support/eventually.ts';
import { startOnboard, type Ran, type Running } from '../cli/onboard.ts';
import { WRITTEN_KEYS } from '../support/encryption.ts';

const readySchema = z.object({
  temporal: z.string(),
  namespace: z.string(),
  healthPort: z.number(),
  metricsAddress: z.string().nullable(),
});

export const TOKEN = 'secret-token';
export const PRIVATE_KEY = 'secret-private-key';

/** A worker's environment, complete but for Temporal. No server answers at this AR24's address. */
export const WORKER_ENVIRONMENT = {
  AR24_BASE_URL: 'http://127.0.0.1:9/api/',
  AR24_TOKEN: TOKEN,
  AR24_PRIVATE_KEY: PRIVATE_KEY,
  ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
  ONBOARDING_HEALTH_PORT: '0',
};

const started: Running[] = [];

afterEach(async () => {
  for (const { child, end } of started.splice(0)) {
    child.kill('SIGKILL');
    await end;
  }
});

export function startWorker(env: Readonly<Record<string, string>>): Running {
  const worker = startOnboard(['worker', '--json'], {
    env: { ...WORKER_ENVIRONMENT, ...env },
    detached: true,
  });
  started.push(worker);
  return worker;
}

/** What it prints once it takes work. */
export async function ready(worker: Running): Promise<z.output<typeof readySchema>> {
  const line = eventually(
    'ready',
    () => Promise.resolve(worker.out()),
    (out) => out.endsWith('\n'),
  );
  const ended = worker.end.then(({ err }) => Promise.reject(new Error(`it ended: ${err}`)));
  return readySchema.parse(JSON.parse(await Promise.race([line, ended])));
}

/** Waits until it prints a match. */
export async function prints(worker: Running, words: string): Promise<void> {
  await eventually(
    `said: ${words}`,
    () => Promise.resolve(worker.err()),
    (err) => err.includes(words),
  );
}

export async function stop(worker: Running): Promise<Ran> {
  worker.child.kill('SIGTERM');
  return worker.end;
}
