import { join, resolve } from 'node:path';
import { STATE_VARIABLES } from '../environment/machine-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { CommandError } from '../failure.ts';
import { systemErrorIn } from '../system-error.ts';

/** The absolute path of the folder where `onboard up` keeps its state, or of a file in it. */
export function inStateFolder(...names: readonly string[]): string {
  return join(resolve(readEnvironment(STATE_VARIABLES).ONBOARDING_STATE_DIR), ...names);
}

/** A system error about the state folder as a CommandError that says what to do; other errors unchanged. */
export function stateFolderError(error: unknown): unknown {
  const found = systemErrorIn(error);
  const folder = inStateFolder();
  if (found?.path?.startsWith(folder) !== true) return error;
  return new CommandError(
    `${folder}, where keys and state are kept, cannot be used (${found.message}): make this user the owner of ` +
      'the folder and its files, on a disk with free space, with no folder in place of a file; or set ' +
      'ONBOARDING_STATE_DIR to another folder.',
  );
}
