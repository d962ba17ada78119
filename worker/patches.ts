/**
 * Decides which patches of the workflow's code are active. Histories with the mark of an inactive patch still replay,
 * but no history gets a new mark, so that the previous build can still take over (docs/changing-workflows.md).
 */
import { Runtime, type PatchActivationCallback } from '@temporalio/worker';
import { meterRecorder } from '../metrics/sdk.ts';
import { PATCH_METRICS } from './metrics.ts';

/** Ids of patches, or all patches of the code, or none. */
export type ActivatedPatches = 'all' | 'none' | readonly string[];

/** Logs once for each patch whether it is active. */
export function patchActivation(activated: ActivatedPatches): PatchActivationCallback {
  const { logger, metricMeter } = Runtime.instance();
  const record = meterRecorder(metricMeter, PATCH_METRICS);
  const logged = new Set<string>();
  return ({ patchId }) => {
    const active = isActivated(activated, patchId);
    if (!logged.has(patchId)) {
      logged.add(patchId);
      logger.info(`patch ${patchId}: ${active ? 'active' : 'not activated'}`, { patchId, active });
      record('onboarding_patch_active', { patch: patchId }, Number(active));
    }
    return active;
  };
}

function isActivated(activated: ActivatedPatches, patchId: string): boolean {
  if (typeof activated !== 'string') return activated.includes(patchId);
  return activated === 'all';
}
