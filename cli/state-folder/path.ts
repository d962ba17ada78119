import { join, resolve } from 'node:path';
import { STATE_VARIABLES } from '../environment/machine-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';

/** Where `onboard up` keeps its state: absolute. `names` lead to a file in it. */
export function inStateFolder(...names: readonly string[]): string {
  return join(resolve(readEnvironment(STATE_VARIABLES).ONBOARDING_STATE_DIR), ...names);
}
