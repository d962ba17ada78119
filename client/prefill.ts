/** The prefill: the part of the form that the partner gives, for the sender's page. */
import { QueryNotRegisteredError, ServiceError, type Client } from '@temporalio/client';
import {
  prefillQuery,
  prefillUpdate,
  type OnboardingView,
  type Prefill,
  type Reference,
} from '../workflows/contract/index.ts';
import { handleOf } from './run.ts';
import { sendUpdate, type UpdateOptions } from './send.ts';
import { callTemporal } from './temporal-call.ts';

/** @throws TemporalUnavailableError, OnboardingNotFoundError; undefined if there is none, or no worker answers */
export async function readPrefill(
  temporal: Client,
  reference: Reference,
): Promise<Prefill | undefined> {
  try {
    const answer = await callTemporal(temporal, () =>
      handleOf(temporal, reference).query(prefillQuery),
    );
    return answer ?? undefined;
  } catch (error) {
    // A worker of an older version does not know the query.
    if (error instanceof QueryNotRegisteredError || error instanceof ServiceError) return undefined;
    throw error;
  }
}

/** Replaces the prefill. @throws as {@link sendUpdate} */
export function writePrefill(
  temporal: Client,
  reference: Reference,
  prefill: Prefill,
  options?: UpdateOptions,
): Promise<OnboardingView> {
  const args: [Prefill] = [prefill];
  return sendUpdate(
    temporal,
    reference,
    (handle, updateId) => handle.executeUpdate(prefillUpdate, { args, updateId }),
    options,
  );
}
