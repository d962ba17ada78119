/** Names that client, worker and workflow agree on. Promises: others script against them. */
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Reference } from './ids.ts';

export const WORKFLOW_TYPE = 'senderOnboarding';
/** Occupies the workflow id of an onboarding that was withdrawn before it began. */
export const WITHDRAWN_TYPE = 'withdrawnSignUp';
/** Returns the policy of the worker that runs it. */
export const WORKER_POLICY_TYPE = 'workerPolicy';
export const TASK_QUEUE = 'sender-onboarding';
/** Calls to AR24 only, so that the server can limit their rate. */
export const AR24_TASK_QUEUE = 'sender-onboarding-ar24';
/** Deliveries to the partner only: a server that hangs delays nothing else. */
export const NOTIFY_TASK_QUEUE = 'sender-onboarding-notify';
export const NOTIFICATIONS_WORKFLOW_TYPE = 'senderNotifications';
/** Marks an ending event as processed, so that a redelivery cannot end a later onboarding. */
export const PROCESSED_EVENT_TYPE = 'processedEvent';
/** Counts one mail of the daily budget of an address. */
export const MAIL_TYPE = 'countedMail';
/** Sends a test event to the receiver of notifications. */
export const NOTIFICATION_TEST_TYPE = 'notificationTest';
/** Deletes all that Temporal keeps of one reference. */
export const ERASURE_TYPE = 'senderErasure';

const PREFIX = 'sender-onboarding/';

/** A reference becomes the workflow's id, so it must not be an e-mail address. */
export const REFERENCE_PATTERN = /^[A-Za-z0-9_.:-]{1,128}$/;

export function workflowIdOf(reference: Reference): string {
  return PREFIX + reference;
}

/** Undefined for an id that is no onboarding's: people may start workflows by hand under any id. */
export function referenceOf(workflowId: string): string | undefined {
  return referenceBehind(PREFIX, workflowId);
}

/** Part of a list filter: under the ids of onboardings, so that no page is filled with others. */
export const WITH_OUR_IDS = `WorkflowId STARTS_WITH '${PREFIX}'`;

const NOTIFICATIONS_PREFIX = 'sender-notifications/';

/** The id of the workflow that notifies the partner about one reference. */
export function notificationsIdOf(reference: Reference): string {
  return NOTIFICATIONS_PREFIX + reference;
}

/** Undefined for an id that is none of these. */
export function notifiedReferenceOf(workflowId: string): Reference | undefined {
  return referenceBehind(NOTIFICATIONS_PREFIX, workflowId);
}

const ERASURE_PREFIX = 'sender-erasure/';

/** The id of the workflow that erases one reference; its ended runs are the receipts. */
export function erasureIdOf(reference: Reference): string {
  return ERASURE_PREFIX + reference;
}

/** Undefined for an id that is no erasure's. */
export function erasedReferenceOf(workflowId: string): Reference | undefined {
  return referenceBehind(ERASURE_PREFIX, workflowId);
}

function referenceBehind(prefix: string, workflowId: string): Reference | undefined {
  if (!workflowId.startsWith(prefix)) return undefined;
  const reference = workflowId.slice(prefix.length);
  return REFERENCE_PATTERN.test(reference) ? reference : undefined;
}

/** The marker of a processed event. @param event the event's id */
export function processedEventIdOf(reference: Reference, event: string): string {
  return `sender-event/${reference}/${event}`;
}

/** The id of one mail of the daily budget. @param mailKey keyed hash of the address */
export function mailIdOf(mailKey: string, place: number): string {
  return `sender-mail/${mailKey}/${place}`;
}

export const ATTRIBUTES = {
  status: defineSearchAttributeKey('OnboardingStatus', 'KEYWORD'),
  problem: defineSearchAttributeKey('OnboardingProblem', 'KEYWORD'),
  /** Since when there is a problem, while there is one. */
  problemSince: defineSearchAttributeKey('OnboardingProblemSince', 'DATETIME'),
  waitingFor: defineSearchAttributeKey('OnboardingWaitingFor', 'KEYWORD_LIST'),
  since: defineSearchAttributeKey('OnboardingSince', 'DATETIME'),
  deadline: defineSearchAttributeKey('OnboardingDeadline', 'DATETIME'),
  /** Of every address that the onboarding has had: AR24 may have mailed each of them. The present one's first. */
  emailHashes: defineSearchAttributeKey('SenderEmailHashes', 'KEYWORD_LIST'),
  accountId: defineSearchAttributeKey('Ar24UserId', 'KEYWORD'),
  /** Fingerprint of the policy that it follows. */
  policy: defineSearchAttributeKey('OnboardingPolicy', 'KEYWORD'),
  /** The encryption key that the run began under. Set by the process that starts it. */
  keyId: defineSearchAttributeKey('OnboardingKeyId', 'KEYWORD'),
} as const;

/** Memo field: fingerprint of the request, by which a repeated start is recognised. */
export const MEMO_FINGERPRINT = 'requestFingerprint';
/** Memo field: a hash of each part of the request, by which the parts that differ are found. */
export const MEMO_PARTS = 'requestParts';

/** Memo field: a hash of what a mail was counted for. */
export const MEMO_CAUSE = 'cause';

/** Temporal's priority keys: a lower number goes first. */
export const PRIORITY = { interactive: 2, bulk: 4, poll: 5 } as const;
