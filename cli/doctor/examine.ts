/** All checks of `onboard doctor`, whatever the others find. */
import type { Environment } from '../environment/read-environment.ts';
import { EnvironmentError } from '../environment/environment-error.ts';
import { readHashKey } from '../state-folder/hash-key.ts';
import { readRunning } from '../state-folder/running.ts';
import { checkAllOfAr24, type Ar24Check } from './ar24-checks.ts';
import { workerEnvironment } from './ar24-place.ts';
import { checkEnvironment } from './environment.ts';
import type { Finding } from './finding.ts';
import { checkNode } from './node.ts';
import { checkAllOfTemporal, type TemporalCheck } from './temporal-checks.ts';

export type CheckName = 'node' | 'environment' | TemporalCheck | Ar24Check;

export interface Told extends Finding {
  readonly check: CheckName;
}

/** @param tell is called with each finding as soon as it is known */
export async function examine(tell: (told: Told) => void): Promise<readonly Told[]> {
  const all: Told[] = [];
  const add = (check: CheckName, finding: Finding): void => {
    const told = { check, ...finding };
    all.push(told);
    tell(told);
  };
  add('node', checkNode(process.version));
  const environment = await environmentHere();
  add('environment', checkEnvironment(environment, await hashKeyState()));
  await checkAllOfTemporal(add);
  await checkAllOfAr24(environment, add);
  return all;
}

async function environmentHere(): Promise<Environment> {
  try {
    return workerEnvironment(process.env, await readRunning());
  } catch (error) {
    // The check of the environment tells it.
    if (error instanceof EnvironmentError) return process.env;
    throw error;
  }
}

/** That of a running `onboard up` counts only where it is the Temporal of that one. */
async function hashKeyState(): Promise<'made-here' | 'to-be-set'> {
  const elsewhere = (process.env['TEMPORAL_ADDRESS'] ?? '') !== '';
  const key = elsewhere ? undefined : await readHashKey().catch(() => undefined);
  return key === undefined ? 'to-be-set' : 'made-here';
}
