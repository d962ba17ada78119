/**
 * The client that a host application embeds to manage its senders' onboardings.
 *
 * ```ts
 * import { Client, Connection } from '@temporalio/client';
 * import { OnboardingClient, parseHashKey } from 'sender-onboarding/client';
 * import { encryptingConverter, parseEncryptionKeys } from 'sender-onboarding/codec';
 *
 * const keys = parseEncryptionKeys(process.env.ONBOARDING_ENCRYPTION_KEYS ?? '');
 * const dataConverter = encryptingConverter(keys);
 * const temporal = new Client({ connection: await Connection.connect(), dataConverter });
 * const hashKey = parseHashKey(process.env.ONBOARDING_HASH_KEY ?? '');
 * const onboarding = new OnboardingClient({ temporal, hashKey });
 *
 * await onboarding.start({ reference: 'customer-42', email: 'jeanne@example.org' });
 * const { status, waitingFor } = await onboarding.view('customer-42');
 * ```
 */
export {
  InvalidRequestError,
  NotificationNotFoundError,
  NoWorkerError,
  OnboardingNotFoundError,
  TemporalUnavailableError,
  UpdateRefusedError,
  type RequestFault,
} from './errors.ts';
export type { Ending, Failed, Unreadable } from './ending.ts';
export type { Erasure, ProcessedBefore } from './erase.ts';
export { parseHashKey, type HashKey } from './hash-key.ts';
export type { FollowOptions } from './follow.ts';
export type { HintedPerson } from './hint.ts';
export {
  OnboardingClient,
  type OnboardingClientOptions,
  type ViewOptions,
} from './onboarding-client.ts';
export { searchesForPage, type OnboardingPage, type PageOptions } from './list.ts';
export type { GivenUpNotification } from './given-up-notifications.ts';
export type { NotificationDelivery } from './notification-log.ts';
export type { Notifications } from './notifications.ts';
export type { ErasureEntry } from './erasures.ts';
export { Restores } from './restores.ts';
export { Writes, type Pause } from './writes.ts';
export type { NewestRun } from './run.ts';
export type { PendingCall } from './pending-call.ts';
export { registrationWarnings, startWarnings, type RequestWarning } from './request-warnings.ts';
export { parse as parseRequest } from './schemas/parse.ts';
export {
  formFields,
  prefill,
  registrationForm,
  type PrefillInput,
} from './schemas/registration-form.ts';
export type { StartRequest } from './schemas/start-request.ts';
export { sharedSearch } from './shared-search.ts';
export type { UpdateOptions } from './send.ts';
export { answeredWithin } from './temporal-call.ts';
export type { Withdrawn } from './withdraw.ts';
export type { MailCounts, MailTaken } from './mails.ts';
export type { StartOptions, StartResult } from './start.ts';
export type { StuckProgress } from './find-stuck.ts';
export type { ListOptions, StateFilter } from './list.ts';
export type { StuckReason } from './stuck.ts';
export type { TimelineEvent, TimelineEntry } from './timeline.ts';
export type { ListFilter } from './visibility-query.ts';
export type { OnboardingSummary, PartialView, SenderView, WholeView } from './view-types.ts';
/** Values of the contract, for the caller's own form, filter, or policy. */
export {
  CLAIMABLE,
  DEFAULT_POLICY,
  FORM_FIELDS,
  LANGUAGES,
  mailAgainFrom,
  mailsToRepeat,
  OPTIONAL_REQUIREMENTS,
  OVERRIDABLE,
  PROBLEM_KINDS,
  REQUIREMENTS,
  STATUSES,
} from '../workflows/contract/index.ts';
export type {
  Claimable,
  ClaimView,
  ErasureReceipt,
  FieldError,
  Language,
  NotificationEvent,
  NotificationTest,
  OnboardingView,
  OptionalRequirement,
  Outcome,
  Overridable,
  OverrideRecord,
  Policy,
  Prefill,
  ProblemKind,
  Question,
  RegistrationForm,
  RequestView,
  Requirement,
  Status,
  TestEvent,
} from '../workflows/contract/index.ts';
