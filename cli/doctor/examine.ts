/** All checks of `onboard doctor`, whatever the others find. */
import { encryptionHere, temporalPlace, type TemporalPlace } from '../connect.ts';
import type { Encryption } from '../environment/encryption.ts';
import type { Environment } from '../environment/read-environment.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { CommandError } from '../failure.ts';
import { readHashKey } from '../state-folder/hash-key.ts';
import { readRunning } from '../state-folder/running.ts';
import { checkAllOfAr24, type Ar24Check } from './ar24-checks.ts';
import { workerEnvironment } from './ar24-place.ts';
import { checkEnvironment } from './environment.ts';
import { failed, type Finding } from './finding.ts';
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
  const place = await placeOrWhyNot();
  const { encryption, faults } = await encryptionOrWhyNot(place);
  add('environment', checkEnvironment(environment, await hashKeyState(place), faults));
  await checkAllOfTemporal(place, encryption, add);
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

async function placeOrWhyNot(): Promise<TemporalPlace | Finding> {
  try {
    return await temporalPlace();
  } catch (error) {
    if (error instanceof CommandError) return failed(error.message);
    throw error;
  }
}

/** Faults as `environment` tells them. */
async function encryptionOrWhyNot(
  place: TemporalPlace | Finding,
): Promise<{ readonly encryption?: Encryption; readonly faults: readonly EnvironmentFault[] }> {
  const upHere = 'upHere' in place ? place.upHere : undefined;
  try {
    return { encryption: await encryptionHere({ upHere }), faults: [] };
  } catch (error) {
    if (error instanceof EnvironmentError) return { faults: error.faults };
    if (!(error instanceof CommandError)) throw error;
    return { faults: [{ name: 'ONBOARDING_ENCRYPTION_KEYS', message: error.message }] };
  }
}

/** A key that `onboard up` made counts for its own Temporal only. */
async function hashKeyState(place: TemporalPlace | Finding): Promise<'made-here' | 'to-be-set'> {
  if ('whose' in place && place.whose === 'another') return 'to-be-set';
  const key = await readHashKey().catch(() => undefined);
  return key === undefined ? 'to-be-set' : 'made-here';
}
