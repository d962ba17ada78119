/** Senders who wait, started as a host application starts them. */
import { OnboardingClient } from '../../client/index.ts';
import type { Simulator } from '../../simulator/index.ts';
import { registrationForm } from '../../test/support/people.ts';
import { DEFAULT_POLICY, workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY } from '../hash-key.ts';
import type { TemporalUnderLoad } from '../load/temporal.ts';

const AT_A_TIME = 25;
const ASK_EVERY_MS = 100;
/** By itself an onboarding would not look at AR24 again for so long. */
const HALF_A_DAY_S = 43_200;

export interface WaitingSender {
  readonly reference: string;
  /** At AR24. */
  readonly accountId: string;
}

export function referencesOf(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
}

export function emailOf(reference: string): string {
  return `${reference}@example.org`;
}

/**
 * Their accounts are created and they were asked to confirm their address and to accept the terms. Nothing
 * looks at AR24 again for half a day, unless somebody hints. Takes a worker.
 */
export async function waitForTerms(
  temporal: TemporalUnderLoad,
  simulator: Simulator,
  references: readonly string[],
): Promise<readonly WaitingSender[]> {
  const poll = { firstSeconds: HALF_A_DAY_S, maxSeconds: HALF_A_DAY_S };
  const onboardings = new OnboardingClient({
    temporal: temporal.client,
    hashKey: HASH_KEY,
    policy: { ...DEFAULT_POLICY, poll },
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

/** They have no account yet, and the form is waited for. Takes a worker. */
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

/** Its poll has begun: what is left of it is the pause before its next try. */
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
    for (const one of left) await act(one);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
}

export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
}
