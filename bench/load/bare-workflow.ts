/**
 * The bare workflow, with which the onboarding is compared: the same number of activities, timers, signals and
 * upserts, with the same options, but no state, plan or view.
 */
import { defineSearchAttributeKey } from '@temporalio/common';
import {
  condition,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { BareActivities } from './bare-activities.ts';

export const BARE_QUEUE = 'bare';
export const BARE_CALLS_QUEUE = 'bare-calls';

export const acceptedSignal = defineSignal<[string]>('accepted');

const STATUS = defineSearchAttributeKey('OnboardingStatus', 'KEYWORD');
const SINCE = defineSearchAttributeKey('OnboardingSince', 'DATETIME');

const { look, requestAccess, createAccount, requestTerms, poll } = proxyActivities<BareActivities>({
  taskQueue: BARE_CALLS_QUEUE,
  startToCloseTimeout: '6 minutes',
  heartbeatTimeout: '30 seconds',
});

/** @param flow the calls before the wait */
export async function bare(flow: 'attached' | 'created', email: string): Promise<void> {
  let accepted = false;
  setHandler(acceptedSignal, () => {
    accepted = true;
  });
  await requestAccess(email);
  if (flow === 'created') await requestTerms(await createAccount(email));
  show('awaiting-attachment');
  void sleep('2 days');
  void poll(email);
  await condition(() => accepted);
  await look(email);
  show('ready');
}

/** Measures the start alone. */
export async function empty(): Promise<void> {
  // Ends at once.
}

function show(status: string): void {
  upsertSearchAttributes([
    { key: STATUS, value: status },
    { key: SINCE, value: new Date() },
  ]);
}
