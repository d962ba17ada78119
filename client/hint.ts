/** Somebody heard that something happened at AR24: whom it may be about, and having it looked at. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ATTRIBUTES, checkSignal, referenceOf } from '../workflows/contract/index.ts';
import { handleOf } from './onboarding-run.ts';
import { searchOnce } from './search.ts';
import { callTemporal, GRPC, grpcCodeOf } from './temporal-call.ts';
import { openOfQuery } from './visibility-query.ts';

/** Whose onboardings are looked for: those of the account, and those of the address. */
export interface HintedPerson {
  /** AR24's id of the account. */
  readonly accountId?: string | undefined;
  readonly email?: string | undefined;
}

/** The same, with all the hashes that the address may have. */
export interface SoughtPerson {
  readonly accountId?: string | undefined;
  readonly hashes: readonly string[];
}

/** One person rarely has two; more than that would be somebody's game. */
const MOST = 20;
/** What Temporal gives at once. */
const PAGE_SIZE = 1_000;

/** References of each person's, by one search. @throws TemporalUnavailableError */
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
        const hash = attributes.get(ATTRIBUTES.emailHash);
        const isAccount =
          accountId !== undefined && attributes.get(ATTRIBUTES.accountId) === accountId;
        return isAccount || (hash !== undefined && hashes.includes(hash));
      })
      .flatMap(({ workflowId }) => referenceOf(workflowId) ?? [])
      .slice(0, MOST),
  );
}

/**
 * Has AR24 looked at for each that is open. Durable once it resolves, with no worker up too.
 *
 * @returns those that were open
 * @throws TemporalUnavailableError; some may have got it then, and it may be repeated
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
async function signalCheck(temporal: Client, reference: string, by: string): Promise<boolean> {
  try {
    await callTemporal(temporal, () => handleOf(temporal, reference).signal(checkSignal, { by }));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    // It takes no more signals: thousands wait for a worker already, each of which has AR24 looked at.
    if (grpcCodeOf(error) === GRPC.invalidArgument) return true;
    throw error;
  }
}
