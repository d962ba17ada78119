/**
 * Finds out whether other references requested access for the same address, or hold the same account. AR24 gives
 * access to the partner, not to a reference: one acceptance would otherwise make each of them ready.
 */
import { Context } from '@temporalio/activity';
import { ApplicationFailure, defaultPayloadConverter, type Payload } from '@temporalio/common';
import { sharedSearch } from '../client/index.ts';
import {
  ATTRIBUTES,
  referenceOf,
  WORKFLOW_TYPE,
  type FindOtherRequestersInput,
  type OtherRequesters,
  type AccountId,
  type EmailHash,
  type Reference,
  type RunId,
} from '../workflows/contract/index.ts';
import { searched } from './erase/raw.ts';

/** Hashes and ids go into the text of a query. */
const PLAIN = /^[A-Za-z0-9_.-]{1,100}$/;
const MAX_INPUTS_A_SEARCH = 50;
/** Temporal's search shows a change within milliseconds, on Elasticsearch within a second. */
const SEARCH_AGAIN_MS = 250;
const SEARCHES = 20;

export type RequesterActivities = ReturnType<typeof createRequesterActivities>;

export function createRequesterActivities() {
  const search = sharedSearch(searchFor, MAX_INPUTS_A_SEARCH);
  return {
    /** @throws ApplicationFailure `SearchLags`, which is retried, while the search does not show the run itself yet */
    async findOtherRequesters(input: FindOtherRequestersInput): Promise<OtherRequesters> {
      const { reference, runId, emailHashes, accountId } = input;
      // Such values cannot be searched for: the operator decides, as if there were others.
      if (![accountId, ...emailHashes].every((value) => PLAIN.test(value))) return { found: true };
      for (let searches = 0; searches < SEARCHES; searches++) {
        if (searches > 0) await Context.current().sleep(SEARCH_AGAIN_MS);
        const runs = await search(input);
        if (runs.some((run) => run.reference !== reference)) return { found: true };
        const isUpToDate = runs.some((run) => run.runId === runId && run.accountId === accountId);
        if (isUpToDate) return { found: false };
      }
      throw ApplicationFailure.retryable(
        'Temporal’s search does not show this onboarding with its account yet; the search is repeated until it does',
        'SearchLags',
      );
    },
  };
}

interface FoundRun {
  readonly reference: Reference;
  readonly runId: RunId;
  readonly accountId: AccountId | undefined;
  readonly emailHashes: readonly EmailHash[];
}

/** For each input: all runs, open and ended, that have its account or one of its addresses. */
async function searchFor(
  inputs: readonly FindOtherRequestersInput[],
): Promise<readonly (readonly FoundRun[])[]> {
  const accountIds = quoted(inputs.map(({ accountId }) => accountId));
  const hashes = quoted(inputs.flatMap(({ emailHashes }) => emailHashes));
  const query =
    `WorkflowType = '${WORKFLOW_TYPE}' AND (${ATTRIBUTES.accountId.name} IN (${accountIds})` +
    ` OR ${ATTRIBUTES.emailHashes.name} IN (${hashes}))`;
  const runs: FoundRun[] = [];
  for await (const { execution, searchAttributes } of searched(query)) {
    const reference = referenceOf(execution?.workflowId ?? '');
    const fields = searchAttributes?.indexedFields ?? {};
    const emailHashes = textsIn(fields[ATTRIBUTES.emailHashes.name]);
    // Every onboarding that we start has the hash of its address. A run without one was started by hand.
    if (reference === undefined || emailHashes.length === 0) continue;
    const [accountId] = textsIn(fields[ATTRIBUTES.accountId.name]);
    runs.push({ reference, runId: execution?.runId ?? '', accountId, emailHashes });
  }
  return inputs.map((input) =>
    runs.filter(
      (run) =>
        run.accountId === input.accountId ||
        run.emailHashes.some((hash) => input.emailHashes.includes(hash)),
    ),
  );
}

function quoted(values: readonly string[]): string {
  return [...new Set(values)].map((value) => `'${value}'`).join(', ');
}

function textsIn(attribute: Payload | undefined): readonly string[] {
  const value: unknown = attribute && defaultPayloadConverter.fromPayload(attribute);
  return [value].flat().filter((one) => typeof one === 'string');
}
