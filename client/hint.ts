/** Hints that something happened at AR24: find the onboardings concerned, and signal them to read AR24. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import {
  ATTRIBUTES,
  checkSignal,
  referenceOf,
  type AccountId,
  type EmailHash,
  type Reference,
} from '../workflows/contract/index.ts';
import { handleOf } from './run.ts';
import { searchOnce } from './search.ts';
import { grpcCodeOf } from './grpc.ts';
import { callTemporal } from './temporal-call.ts';
import { openOfQuery } from './visibility-query.ts';

/** A person whose onboardings are sought, by the account or by the address. */
export interface HintedPerson {
  /** AR24's id of the account. */
  readonly accountId?: AccountId | undefined;
  readonly email?: string | undefined;
}

/** The same, with every hash that the address may have. */
export interface SoughtPerson {
  readonly accountId?: AccountId | undefined;
  readonly hashes: readonly EmailHash[];
}

/** A person rarely has two. More would be abuse. */
const MOST = 20;
/** Temporal returns at most this many at once. */
const PAGE_SIZE = 1_000;

/** The references of each person, by one search. @throws TemporalUnavailableError */
export async function openOnboardings(
  temporal: Client,
  people: readonly SoughtPerson[],
): Promise<readonly (readonly string[])[]> {
  const query = openOfQuery(people);
  if (query === undefined) return people.map(() => []);
  const { runs } = await searchOnce(temporal, query, { pageSize: PAGE_SIZE });
  return people.map(({ accountId, hashes }) =>
    runs
      .filter(({ typedSearchAttributes: attributes }) => {
        const found = attributes.get(ATTRIBUTES.emailHashes) ?? [];
        const isAccount =
          accountId !== undefined && attributes.get(ATTRIBUTES.accountId) === accountId;
        return isAccount || found.some((hash) => hashes.includes(hash));
      })
      .flatMap(({ workflowId }) => referenceOf(workflowId) ?? [])
      .slice(0, MOST),
  );
}

/**
 * Signals each open onboarding to read AR24. Durable once it resolves, even if no worker runs.
 *
 * @returns the references that were open
 * @throws TemporalUnavailableError; some may have received the signal then, and it may be repeated
 */
export async function hintAt(
  temporal: Client,
  references: readonly string[],
  by: string,
): Promise<readonly string[]> {
  const open = await Promise.all(
    references.map((reference) => signalCheck(temporal, reference, by)),
  );
  return references.filter((_, index) => open[index]);
}

/** Whether it was open. */
async function signalCheck(temporal: Client, reference: Reference, by: string): Promise<boolean> {
  try {
    await callTemporal(temporal, () => handleOf(temporal, reference).signal(checkSignal, { by }));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    // The limit of signals is reached: thousands wait for a worker, and each of them triggers a read.
    if (grpcCodeOf(error) === 'INVALID_ARGUMENT') return true;
    throw error;
  }
}
