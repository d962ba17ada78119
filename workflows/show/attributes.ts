/** Search attributes: enough for `status` and `list` when no worker runs. No personal data. */
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { ATTRIBUTES, type OnboardingView } from '../contract/index.ts';

/** @param emailHash of a corrected address; null while the one given at the start holds */
export function attributesOf(
  view: OnboardingView,
  emailHash: string | null,
): SearchAttributeUpdatePair[] {
  return [
    { key: ATTRIBUTES.status, value: view.status },
    { key: ATTRIBUTES.problem, value: view.problem?.kind ?? null },
    { key: ATTRIBUTES.waitingFor, value: view.waitingFor.length > 0 ? [...view.waitingFor] : null },
    { key: ATTRIBUTES.since, value: new Date(view.since) },
    { key: ATTRIBUTES.deadline, value: view.deadline === null ? null : new Date(view.deadline) },
    { key: ATTRIBUTES.accountId, value: view.accountId },
    ...(emailHash === null ? [] : [{ key: ATTRIBUTES.emailHash, value: emailHash }]),
  ];
}
