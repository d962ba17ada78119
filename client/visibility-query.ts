/** Temporal's list filter. Its values are checked here, since the filter is one string. */
import {
  ATTRIBUTES,
  PROBLEM_KINDS,
  REFERENCE_PATTERN,
  REQUIREMENTS,
  STATUSES,
  WITHDRAWN_TYPE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type ProblemKind,
  type Requirement,
  type Status,
} from '../workflows/contract/index.ts';
import { InvalidRequestError } from './errors/index.ts';

export interface ListFilter {
  readonly status?: Status | undefined;
  readonly waitingFor?: Requirement | undefined;
  readonly problem?: ProblemKind | undefined;
  /** Open ones at which nothing has changed since that moment. */
  readonly unchangedSince?: Date | undefined;
  /** All onboardings of one AR24 account. */
  readonly accountId?: string | undefined;
  /** All onboardings of one address, however it is written. */
  readonly email?: string | undefined;
  /** Only those that an operator should look at. Describes every open one: slow on many thousands. */
  readonly stuckOnly?: boolean | undefined;
}

export const ENDED: readonly Status[] = ['ready', 'refused', 'expired', 'cancelled'];
/** AR24 numbers its users; letters do no harm. */
const ACCOUNT_ID = /^[A-Za-z0-9_-]{1,64}$/;
const HASH = /^[A-Za-z0-9_-]{1,16}\.[0-9a-f]{32}$/;

const OF_OURS = `WorkflowType IN ('${WORKFLOW_TYPE}', '${WITHDRAWN_TYPE}')`;
const OPEN = "ExecutionStatus = 'Running'";
/** Or the same onboarding would count twice. */
const WENT_ON_NOWHERE = "ExecutionStatus != 'ContinuedAsNew'";

/**
 * @param hashesOf all hashes that an address may have, as made by `emailHash`
 * @throws InvalidRequestError on a value that is none of ours
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
    parts.push(WENT_ON_NOWHERE, `${ATTRIBUTES.accountId.name} = '${accountId}'`);
  }
  if (stuckOnly === true) parts.push(OPEN);
  if (parts.length === 1) parts.push(WENT_ON_NOWHERE);
  if (email !== undefined) parts.push(emailQuery(hashesOf(email)));
  return [...new Set(parts)].join(' AND ');
}

/** Whether only open ones can fit: of these none was started again. */
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

/** All their runs, however they ended. Undefined where there is nobody to look for. */
export function runsOfQuery(references: readonly string[]): string | undefined {
  const quoted = references
    .filter((reference) => REFERENCE_PATTERN.test(reference))
    .map((reference) => `'${workflowIdOf(reference)}'`);
  if (quoted.length === 0) return undefined;
  return `${OF_OURS} AND ${WENT_ON_NOWHERE} AND WorkflowId IN (${quoted.join(', ')})`;
}

/** Starts for any of these addresses since a moment. */
export function startsQuery(hashes: readonly string[], since: Date): string {
  return [
    `WorkflowType = '${WORKFLOW_TYPE}'`,
    emailQuery(hashes),
    `StartTime >= '${since.toISOString()}'`,
    WENT_ON_NOWHERE,
  ].join(' AND ');
}

/** The open ones of all these people; undefined where none can be asked for. */
export function openOfQuery(
  people: readonly {
    readonly accountId?: string | undefined;
    readonly hashes: readonly string[];
  }[],
): string | undefined {
  const ids = people.flatMap(({ accountId }) =>
    accountId !== undefined && ACCOUNT_ID.test(accountId) ? accountId : [],
  );
  const hashes = people.flatMap((person) => person.hashes);
  const either = [];
  if (ids.length > 0) {
    either.push(`${ATTRIBUTES.accountId.name} IN (${ids.map((id) => `'${id}'`).join(', ')})`);
  }
  if (hashes.length > 0) either.push(emailQuery(hashes));
  if (either.length === 0) return undefined;
  return `WorkflowType = '${WORKFLOW_TYPE}' AND ${OPEN} AND (${either.join(' OR ')})`;
}

function emailQuery(hashes: readonly string[]): string {
  const quoted = hashes.filter((hash) => HASH.test(hash)).map((hash) => `'${hash}'`);
  return `${ATTRIBUTES.emailHash.name} IN (${quoted.join(', ')})`;
}

/** A run that failed keeps the status it had; so does one that went on in another. */
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
