/** The steps that erase a sender from Temporal. Each may be repeated at any time. */
import { deleteRuns, keepPlace } from './delete-runs.ts';
import { endOnboarding } from './end-onboarding.ts';
import { findRuns } from './find-runs.ts';

export function createErasureActivities() {
  return { deleteRuns, endOnboarding, findRuns, keepPlace };
}

export type ErasureActivities = ReturnType<typeof createErasureActivities>;
