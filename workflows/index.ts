/** What the worker bundles: the workflows, under the names of their types. */
export { heededEvent } from './heeded-event.ts';
export { senderErasure } from './sender-erasure.ts';
export { senderNotifications } from './sender-notifications.ts';
export { senderOnboarding } from './sender-onboarding.ts';
export { withdrawnSignUp } from './withdrawn-sign-up.ts';
