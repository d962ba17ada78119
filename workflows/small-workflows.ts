/** Workflows of a single step: markers, which only occupy a workflow id, and questions to the worker. */
import { setHandler } from '@temporalio/workflow';
import { readPolicy } from './calls.ts';
import {
  withdrawnSignal,
  type NotificationTest,
  type Outcome,
  type WorkerPolicy,
  type Withdrawal,
} from './contract/index.ts';
import { testReceiver } from './notify/calls.ts';

/** Marks an event as processed: that this run exists is all it says. */
export function processedEvent(): Promise<void> {
  return Promise.resolve();
}

/** Counts one mail of the daily budget of an address: it starts with a delay of 24 hours, and is open until then. */
export function countedMail(): Promise<void> {
  return Promise.resolve();
}

/** Returns the policy of the worker that runs it, so that it can be compared with that of onboardings. */
export function workerPolicy(): Promise<WorkerPolicy> {
  return readPolicy();
}

/** Has the worker that runs it send a test event to its receiver of notifications. */
export function notificationTest(): Promise<NotificationTest> {
  return testReceiver();
}

/**
 * Occupies the workflow id of an onboarding whose sign-up was withdrawn before it began, so that a late event starts
 * nothing.
 *
 * @param withdrawal of any shape: the id is occupied also where it cannot be read
 */
export function withdrawnSignUp(withdrawal?: Partial<Withdrawal> | null): Promise<Outcome> {
  // The signal comes with the start and with every repetition: the first one counts.
  setHandler(withdrawnSignal, () => undefined);
  return Promise.resolve({
    kind: 'cancelled',
    by: textOr('unknown', withdrawal?.by),
    reason: textOr('the sign-up was withdrawn', withdrawal?.reason),
    accessRequested: false,
    identityOrdered: false,
  });
}

function textOr(otherwise: string, value: unknown): string {
  return typeof value === 'string' ? value : otherwise;
}
