/** Names that client, worker and workflow agree on. Promises: others script against them. */
import { defineSearchAttributeKey } from '@temporalio/common';

export const WORKFLOW_TYPE = 'senderOnboarding';
/** Takes an onboarding's place where it was withdrawn before it began. */
export const WITHDRAWN_TYPE = 'withdrawnSignUp';
export const TASK_QUEUE = 'sender-onboarding';
/** Calls to AR24 only, so that the server can limit their rate. */
export const AR24_TASK_QUEUE = 'sender-onboarding-ar24';
/** Deliveries to the partner only: a receiver that hangs holds up nothing but itself. */
export const NOTIFY_TASK_QUEUE = 'sender-onboarding-notify';
export const NOTIFICATIONS_WORKFLOW_TYPE = 'senderNotifications';
/** Says that an event has been heeded that ended something: it would, delivered again, end what came since. */
export const HEEDED_TYPE = 'heededEvent';
/** Has Temporal forget all that it keeps of one reference. */
export const ERASURE_TYPE = 'senderErasure';

const PREFIX = 'sender-onboarding/';

/** A reference becomes the workflow's id, so it must not be able to hold an address. */
export const REFERENCE_PATTERN = /^[A-Za-z0-9_.:-]{1,128}$/;

export function workflowIdOf(reference: string): string {
  return PREFIX + reference;
}

/** Undefined for the id of anything else than an onboarding. */
export function referenceOf(workflowId: string): string | undefined {
  return workflowId.startsWith(PREFIX) ? workflowId.slice(PREFIX.length) : undefined;
}

/** Of the workflow that tells the partner about one reference. */
export function notificationsIdOf(reference: string): string {
  return `sender-notifications/${reference}`;
}

/** Of the workflow that erases one reference; its ended runs are the receipts. */
export function erasureIdOf(reference: string): string {
  return `sender-erasure/${reference}`;
}

/** Of what says that an event was heeded. @param event which */
export function heededIdOf(reference: string, event: string): string {
  return `sender-event/${reference}/${event}`;
}

export const ATTRIBUTES = {
  status: defineSearchAttributeKey('OnboardingStatus', 'KEYWORD'),
  problem: defineSearchAttributeKey('OnboardingProblem', 'KEYWORD'),
  waitingFor: defineSearchAttributeKey('OnboardingWaitingFor', 'KEYWORD_LIST'),
  since: defineSearchAttributeKey('OnboardingSince', 'DATETIME'),
  deadline: defineSearchAttributeKey('OnboardingDeadline', 'DATETIME'),
  emailHash: defineSearchAttributeKey('SenderEmailHash', 'KEYWORD'),
  accountId: defineSearchAttributeKey('Ar24UserId', 'KEYWORD'),
  /** Of the keys that what the run has read is encrypted with. */
  keyIds: defineSearchAttributeKey('OnboardingKeyIds', 'KEYWORD_LIST'),
} as const;

/** Memo field: tells whether a second start asked for the same. */
export const MEMO_FINGERPRINT = 'requestFingerprint';
/** Memo field: a hash of each part of the request, tells in what a second start differs. */
export const MEMO_PARTS = 'requestParts';

/** Temporal's priority keys: a lower number goes first. */
export const PRIORITY = { interactive: 2, bulk: 4, poll: 5 } as const;
