/** What the onboarding before this one leaves to a restart. */
import type { Client } from '@temporalio/client';
import {
  ATTRIBUTES,
  type OnboardingRequest,
  type OnboardingStart,
} from '../workflows/contract/index.ts';
import type { Run } from './describe-run.ts';
import { endingOfRun } from './ending.ts';
import { OnboardingNotFoundError } from './errors/index.ts';
import { emailHash, type HashKey } from './hash-key.ts';
import { leftInHistory } from './left-behind.ts';
import { describe, isOpen } from './onboarding-run.ts';

export type Heritage = Pick<OnboardingStart, 'askedBefore' | 'identityOrderedBefore'>;

export const NO_HERITAGE: Heritage = { askedBefore: false, identityOrderedBefore: false };

export type Former =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly run: Run }
  | {
      readonly kind: 'ended';
      readonly heritage: Heritage;
    };

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
    const ending = await endingOfRun(temporal, reference, run);
    const tellsNothing = ending.kind === 'failed' || ending.kind === 'unreadable';
    const left = tellsNothing ? await leftInHistory(temporal, reference, run.runId) : ending;
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
