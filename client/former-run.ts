/** What the onboarding before this one leaves to a restart. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { z } from 'zod';
import {
  ATTRIBUTES,
  workflowIdOf,
  type LeftBehind,
  type OnboardingRequest,
  type OnboardingStart,
} from '../workflows/contract/index.ts';
import { OnboardingNotFoundError } from './errors/index.ts';
import { emailHash, type HashKey } from './hash-key.ts';
import { describe, endingOf, handleOf, isOpen } from './onboarding-run.ts';
import { callTemporal } from './temporal-call.ts';
import { fieldReader } from './timeline/payload.ts';

export type Heritage = Pick<OnboardingStart, 'askedBefore' | 'identityOrderedBefore'>;

export const NO_HERITAGE: Heritage = { askedBefore: false, identityOrderedBefore: false };

export type Former =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly run: WorkflowExecutionDescription }
  | { readonly kind: 'ended'; readonly heritage: Heritage };

/** What a run was started or continued with, as far as it tells of askings. */
const startSchema = z.object({
  askedBefore: z.boolean(),
  identityOrderedBefore: z.boolean(),
  carriedOver: z
    .object({
      sender: z.object({
        askedBefore: z.boolean(),
        asked: z.object({ access: z.unknown(), identity: z.unknown() }).partial(),
      }),
    })
    .optional(),
});

/**
 * Reads the newest run of a reference. Each ending tells of those before it too, so that one is enough.
 *
 * @throws TemporalUnavailableError
 */
export async function readFormer(
  temporal: Client,
  hashKeys: readonly HashKey[],
  { reference, email }: OnboardingRequest,
): Promise<Former> {
  try {
    const run = await describe(temporal, reference);
    if (isOpen(run)) return { kind: 'open', run };
    const ending = await callTemporal(temporal, () => endingOf(temporal, reference, run.runId));
    const left =
      ending.kind === 'failed' ? await leftInHistory(temporal, reference, run.runId) : ending;
    const hash = run.typedSearchAttributes.get(ATTRIBUTES.emailHash);
    const sameAddress = hashKeys.some((key) => emailHash(email, key) === hash);
    return {
      kind: 'ended',
      heritage: {
        // Only the holder of the same address can have been asked, and may answer any time.
        askedBefore: sameAddress && left.accessAsked,
        // It is the person who was paid for, whatever his address is now.
        identityOrderedBefore: left.identityOrdered,
      },
    };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return { kind: 'none' };
    throw error;
  }
}

/** A run that failed or was terminated does not tell; in doubt nothing is paid twice. */
async function leftInHistory(
  temporal: Client,
  reference: string,
  runId: string,
): Promise<LeftBehind> {
  const { events } = await callTemporal(temporal, () =>
    handleOf(temporal, reference, runId).fetchHistory(),
  );
  const input = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const read = fieldReader(temporal, workflowIdOf(reference));
  const start = startSchema.safeParse(await read(input));
  if (!start.success) return { accessAsked: false, identityOrdered: true };
  const { askedBefore, identityOrderedBefore, carriedOver } = start.data;
  const { asked, askedBefore: askedEarlier } = carriedOver?.sender ?? {
    asked: {},
    askedBefore: false,
  };
  const called = new Set(
    events?.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name),
  );
  return {
    accessAsked:
      askedBefore || askedEarlier || asked.access !== undefined || called.has('requestAccess'),
    identityOrdered:
      identityOrderedBefore || asked.identity !== undefined || called.has('orderIdentity'),
  };
}
