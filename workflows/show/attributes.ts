/** Search attributes: enough for `status` and `list` when no worker runs. No personal data. */
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { ATTRIBUTES, type OnboardingView } from '../contract/index.ts';
import type { Sender } from '../state/sender.ts';

export function attributesOf(
  view: OnboardingView,
  { address, meta }: Pick<Sender, 'address' | 'meta'>,
): SearchAttributeUpdatePair[] {
  const { hashes } = address;
  const { policyFingerprint } = meta;
  return [
    { key: ATTRIBUTES.status, value: view.status },
    { key: ATTRIBUTES.problem, value: view.problem?.kind ?? null },
    {
      key: ATTRIBUTES.problemSince,
      value: view.problem === null ? null : new Date(view.problem.since),
    },
    { key: ATTRIBUTES.waitingFor, value: view.waitingFor.length > 0 ? [...view.waitingFor] : null },
    { key: ATTRIBUTES.since, value: new Date(view.since) },
    { key: ATTRIBUTES.deadline, value: view.deadline === null ? null : new Date(view.deadline) },
    { key: ATTRIBUTES.accountId, value: view.accountId },
    ...(hashes.length === 0 ? [] : [{ key: ATTRIBUTES.emailHashes, value: [...hashes] }]),
    ...(policyFingerprint === null ? [] : [{ key: ATTRIBUTES.policy, value: policyFingerprint }]),
  ];
}
