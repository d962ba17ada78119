/** What the worker bundles: the workflows, under the names of their types. */
export { senderErasure } from './sender-erasure.ts';
export { senderNotifications } from './sender-notifications.ts';
export { senderOnboarding } from './sender-onboarding.ts';
export {
  countedMail,
  notificationTest,
  processedEvent,
  withdrawnSignUp,
  workerPolicy,
} from './small-workflows.ts';
