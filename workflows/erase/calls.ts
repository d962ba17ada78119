/** The activities that erase, as the workflow calls them. They only talk to Temporal. */
import { proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { ErasureActivities } from '../../activities/erase/index.ts';
import { ERASE_RETRY } from '../retry.ts';

function calling(summary: string, more: ActivityOptions = {}) {
  return proxyActivities<ErasureActivities>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '30 seconds',
    retry: ERASE_RETRY,
    summary,
    ...more,
  });
}

/** It waits for a call to AR24 in flight. */
export const { endOnboarding } = calling('end what is open', { startToCloseTimeout: '5 minutes' });
export const { keepPlace } = calling('keep the place of what was erased');
export const { findRuns } = calling('look for what Temporal has');
/** It waits until Temporal has done so. */
export const { deleteRuns } = calling('delete it', { startToCloseTimeout: '3 minutes' });
