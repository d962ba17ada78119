/** Starts senders as a host application does, and waits until they wait. */
import { OnboardingClient } from '../../client/index.ts';
import type { Simulator } from '../../simulator/index.ts';
import { registrationForm } from '../../test/support/people.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY } from '../keys.ts';
import { pulse } from '../pulse.ts';
import type { TemporalUnderLoad } from '../load/temporal.ts';

const AT_A_TIME = 25;
const CHECK_EVERY_MS = 100;

export interface WaitingSender {
  readonly reference: string;
  /** The id of the account at AR24. */
  readonly accountId: string;
}

export function referencesOf(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
}

export function emailOf(reference: string): string {
  return `${reference}@example.org`;
}

/**
 * Waits until the accounts are created and the mails to confirm the address and to accept the terms are sent.
 * Without a hint, the next poll of AR24 is ten minutes later. Needs a worker.
 */
export async function waitForTerms(
  temporal: TemporalUnderLoad,
  simulator: Simulator,
  references: readonly string[],
): Promise<readonly WaitingSender[]> {
  const onboardings = new OnboardingClient({
    temporal: temporal.client,
    hashKey: HASH_KEY,
  });
  await forEach(references, async (reference) => {
    const registration = registrationForm();
    await onboardings.start({ reference, email: emailOf(reference), registration });
  });
  await forEach(references, (reference) => untilItOnlyWaits(temporal, reference));
  const ids = new Map(simulator.accounts().map(({ email, id }) => [email, id]));
  return references.map((reference) => ({
    reference,
    accountId: ids.get(emailOf(reference)) ?? '',
  }));
}

/** Waits until the onboardings, which have no account, wait for a form. Needs a worker. */
export async function waitForForms(
  temporal: TemporalUnderLoad,
  references: readonly string[],
): Promise<void> {
  const onboardings = new OnboardingClient({ temporal: temporal.client, hashKey: HASH_KEY });
  await forEach(references, async (reference) => {
    await onboardings.start({ reference, email: emailOf(reference) });
  });
  const waiting = 'OnboardingWaitingFor = "registration" AND ExecutionStatus = "Running"';
  while ((await temporal.client.workflow.count(waiting)).count < references.length) await pause();
}

/** Waits until the poll has failed once and is in the pause before its next attempt. */
async function untilItOnlyWaits({ client }: TemporalUnderLoad, reference: string): Promise<void> {
  for (;;) {
    const { raw } = await client.workflow.getHandle(workflowIdOf(reference)).describe();
    const pending = raw.pendingActivities ?? [];
    const [poll] = pending.filter(({ activityType }) => activityType?.name === 'awaitChange');
    if ((poll?.attempt ?? 0) > 1) return;
    await pause();
  }
}

export async function forEach<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const lane = async (): Promise<void> => {
    for (const one of left) {
      await act(one);
      pulse();
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
}

export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
}
