/** What erases a sender from Temporal, step by step. Each may be repeated at any time. */
import { deleteRuns } from './delete-runs.ts';
import { endOnboarding } from './end-onboarding.ts';
import { findRuns } from './find-runs.ts';
import { keepPlace } from './keep-place.ts';

export function createErasureActivities() {
  return { deleteRuns, endOnboarding, findRuns, keepPlace };
}

export type ErasureActivities = ReturnType<typeof createErasureActivities>;
