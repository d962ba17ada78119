/** What the worker bundles: the workflow, under the name of its type. */
export { senderOnboarding } from './sender-onboarding.ts';
