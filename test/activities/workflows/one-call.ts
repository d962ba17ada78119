import { ActivityFailure, ApplicationFailure, type RetryPolicy } from '@temporalio/common';
import {
  CancellationScope,
  defineSignal,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import { AR24_TASK_QUEUE } from '../../../workflows/contract/names.ts';

type Activities = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

/** Makes one call as an onboarding does, and returns its end and the time of its failure. */
export async function oneCall(
  activity: string,
  input: unknown,
  retry: RetryPolicy,
): Promise<unknown> {
  const activities = proxyActivities<Activities>({
    taskQueue: AR24_TASK_QUEUE,
    startToCloseTimeout: '6 minutes',
    heartbeatTimeout: '30 seconds',
    // The SDK's documentation calls this the default, but the SDK (1.24) abandons the activity at once.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry,
  });
  const began = Date.now();
  const scope = new CancellationScope({ cancellable: true });
  setHandler(defineSignal('cancelCall'), () => {
    scope.cancel();
  });
  try {
    return { result: await scope.run(async () => activities[activity]?.(input)) };
  } catch (error) {
    if (isCancellation(error)) return { cancelled: true };
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    return cause instanceof ApplicationFailure
      ? { failure: cause.details?.[0], type: cause.type, began, ended: Date.now() }
      : { type: cause?.name };
  }
}
