/** Temporal's list filters. Every value is validated here, because a filter is one string. */
import {
  ATTRIBUTES,
  PROBLEM_KINDS,
  REFERENCE_PATTERN,
  REQUIREMENTS,
  STATUSES,
  WITH_OUR_IDS,
  WITHDRAWN_TYPE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type ProblemKind,
  type Requirement,
  type Status,
  type AccountId,
  type EmailHash,
} from '../workflows/contract/index.ts';
import { InvalidRequestError } from './errors.ts';

export interface ListFilter {
  readonly status?: Status | undefined;
  readonly waitingFor?: Requirement | undefined;
  readonly problem?: ProblemKind | undefined;
  /** Open ones without a change since that time. */
  readonly unchangedSince?: Date | undefined;
  /** All onboardings of one AR24 account. */
  readonly accountId?: AccountId | undefined;
  /** All onboardings of one address, in any spelling. */
  readonly email?: string | undefined;
  /** Only those that have made no progress for too long. Among more than a hundred, searches choose the ones to read. */
  readonly stuckOnly?: boolean | undefined;
}

export const ENDED: readonly Status[] = ['ready', 'refused', 'expired', 'cancelled'];
/** AR24's user ids are numbers. Letters are harmless. */
const ACCOUNT_ID = /^[A-Za-z0-9_-]{1,64}$/;
const HASH = /^[A-Za-z0-9_-]{1,16}\.[0-9a-f]{32}$/;

const OF_OURS = `WorkflowType IN ('${WORKFLOW_TYPE}', '${WITHDRAWN_TYPE}') AND ${WITH_OUR_IDS}`;
/** Excludes runs that somebody started by hand with another sender's account: they have no hash of an address. */
const WITH_ADDRESS = `${ATTRIBUTES.emailHashes.name} IS NOT NULL`;
const OPEN = "ExecutionStatus = 'Running'";
/** Otherwise the same onboarding would count twice. */
const NOT_CONTINUED = "ExecutionStatus != 'ContinuedAsNew'";

/**
 * @param hashesOf all hashes that an address may have, as made by `emailHash`
 * @throws InvalidRequestError on an unknown value
 */
export function listQuery(
  { status, waitingFor, problem, unchangedSince, accountId, email, stuckOnly }: ListFilter,
  hashesOf: (email: string) => readonly string[],
): string {
  const parts = [OF_OURS];
  if (status !== undefined) parts.push(statusQuery(oneOf(STATUSES, status, 'status')));
  if (waitingFor !== undefined) {
    const value = oneOf(REQUIREMENTS, waitingFor, 'waitingFor');
    parts.push(OPEN, `${ATTRIBUTES.waitingFor.name} = '${value}'`);
  }
  if (problem !== undefined) {
    const value = oneOf(PROBLEM_KINDS, problem, 'problem');
    parts.push(OPEN, `${ATTRIBUTES.problem.name} = '${value}'`);
  }
  if (unchangedSince !== undefined) {
    parts.push(OPEN, `${ATTRIBUTES.since.name} <= '${unchangedSince.toISOString()}'`);
  }
  if (accountId !== undefined) {
    if (!ACCOUNT_ID.test(accountId)) throw unexpected('accountId', 'an AR24 user id is expected');
    parts.push(NOT_CONTINUED, `${ATTRIBUTES.accountId.name} = '${accountId}'`, WITH_ADDRESS);
  }
  if (stuckOnly === true) parts.push(OPEN);
  if (parts.length === 1) parts.push(NOT_CONTINUED);
  if (email !== undefined) parts.push(emailQuery(hashesOf(email)));
  return [...new Set(parts)].join(' AND ');
}

/** Whether only open onboardings can match. None of them was started again. */
export function findsOpenAlone({
  status,
  waitingFor,
  problem,
  unchangedSince,
  stuckOnly,
}: ListFilter): boolean {
  const isOpenStatus = status !== undefined && status !== 'failed' && !ENDED.includes(status);
  const others = [waitingFor, problem, unchangedSince];
  return isOpenStatus || stuckOnly === true || others.some((one) => one !== undefined);
}

/** All runs of these references, with any outcome. Undefined without references. */
export function runsOfQuery(references: readonly string[]): string | undefined {
  const quoted = references
    .filter((reference) => REFERENCE_PATTERN.test(reference))
    .map((reference) => `'${workflowIdOf(reference)}'`);
  if (quoted.length === 0) return undefined;
  return `${OF_OURS} AND ${NOT_CONTINUED} AND WorkflowId IN (${quoted.join(', ')})`;
}

/** The open onboardings of all these people. Undefined if nothing identifies them. */
export function openOfQuery(
  people: readonly {
    readonly accountId?: AccountId | undefined;
    readonly hashes: readonly EmailHash[];
  }[],
): string | undefined {
  const ids = people.flatMap(({ accountId }) =>
    accountId !== undefined && ACCOUNT_ID.test(accountId) ? accountId : [],
  );
  const hashes = people.flatMap((person) => person.hashes);
  const either = [];
  if (ids.length > 0) {
    const quoted = ids.map((id) => `'${id}'`).join(', ');
    either.push(`(${ATTRIBUTES.accountId.name} IN (${quoted}) AND ${WITH_ADDRESS})`);
  }
  if (hashes.length > 0) either.push(emailQuery(hashes));
  if (either.length === 0) return undefined;
  return `WorkflowType = '${WORKFLOW_TYPE}' AND ${WITH_OUR_IDS} AND ${OPEN} AND (${either.join(' OR ')})`;
}

function emailQuery(hashes: readonly EmailHash[]): string {
  const quoted = hashes.filter((hash) => HASH.test(hash)).map((hash) => `'${hash}'`);
  return `${ATTRIBUTES.emailHashes.name} IN (${quoted.join(', ')})`;
}

/** A failed run, and one that continued as new, keep their last status attribute. */
function statusQuery(status: Status): string {
  if (status === 'failed') {
    return "ExecutionStatus IN ('Failed', 'Terminated', 'TimedOut', 'Canceled')";
  }
  const execution = ENDED.includes(status) ? "ExecutionStatus = 'Completed'" : OPEN;
  return `${execution} AND ${ATTRIBUTES.status.name} = '${status}'`;
}

function oneOf<T extends string>(values: readonly T[], value: unknown, path: string): T {
  const found = values.find((one) => one === value);
  if (found !== undefined) return found;
  throw unexpected(path, `one of ${values.join(', ')} is expected`);
}

function unexpected(path: string, message: string): InvalidRequestError {
  return new InvalidRequestError([{ path, message }]);
}
