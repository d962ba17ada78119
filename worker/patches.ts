/**
 * Which changes of the workflow's code new steps are taken with. One that is not activated is in the code,
 * and known where it was recorded already, but nothing begins with it: the build before can then still take
 * over (docs/changing-workflows.md).
 */
import { Runtime, type PatchActivationCallback } from '@temporalio/worker';

/** Ids of patches, or all that the code has, or none. */
export type ActivatedPatches = 'all' | 'none' | readonly string[];

/** Tells in the log, once for each patch that is met, how it is taken. */
export function patchActivation(activated: ActivatedPatches): PatchActivationCallback {
  const { logger } = Runtime.instance();
  const met = new Set<string>();
  return ({ patchId }) => {
    const active = isActivated(activated, patchId);
    if (!met.has(patchId)) {
      met.add(patchId);
      logger.info(`patch ${patchId}: ${active ? 'active' : 'not activated'}`, { patchId, active });
    }
    return active;
  };
}

function isActivated(activated: ActivatedPatches, patchId: string): boolean {
  if (typeof activated !== 'string') return activated.includes(patchId);
  return activated === 'all';
}
