/**
 * One run as Temporal describes it: open, ended, or failed. Decoded here, since the SDK's own description fails
 * if a single field of the memo is not readable.
 */
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { TypedSearchAttributes, type SearchAttributePair } from '@temporalio/common';
// By its default: Node itself finds no named exports there (jest does).
import proto from '@temporalio/proto';
import {
  ATTRIBUTES,
  WITHDRAWN_TYPE,
  workflowIdOf,
  type Outcome,
  type Reference,
  type RunId,
} from '../workflows/contract/index.ts';
import { OnboardingNotFoundError } from './errors.ts';
import { dateOf, decodePayloads, searchAttributeIn } from './payloads.ts';
import { grpcCodeOf } from './grpc.ts';
import { callTemporal, unknownKeyIn } from './temporal-call.ts';

type RunStatus = WorkflowExecutionInfo['status'];
type RawRun = WorkflowExecutionInfo['raw'];
type Described = Awaited<ReturnType<Client['workflowService']['describeWorkflowExecution']>>;

/** A run as a search finds it. */
export interface FoundRun {
  readonly workflowId: string;
  readonly runId: RunId;
  readonly type: string;
  readonly status: RunStatus;
  readonly startTime: Date;
  /** Undefined while it is open. */
  readonly closeTime: Date | undefined;
  readonly historyLength: number;
  readonly typedSearchAttributes: TypedSearchAttributes;
}

export interface OnboardingRun extends FoundRun {
  readonly memo: Memo;
  readonly raw: Described;
}

export interface Memo {
  /** The fields that this client is able to read. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Ids of the encryption keys that are missing for other fields. An altered field is in neither. */
  readonly missingKeys: ReadonlySet<string>;
}

/** The newest run of this id. Undefined if Temporal has none. @throws TemporalUnavailableError */
export async function describeRun(
  temporal: Client,
  workflowId: string,
  withinMs?: number,
): Promise<OnboardingRun | undefined> {
  const { namespace } = temporal.options;
  const describeExecution = () =>
    temporal.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
  try {
    const raw = await callTemporal(temporal, describeExecution, withinMs);
    const info = raw.workflowExecutionInfo ?? {};
    const memo = await readMemo(temporal, workflowId, info.memo?.fields ?? {});
    return { ...runFrom(info), memo, raw };
  } catch (error) {
    if (grpcCodeOf(error) === 'NOT_FOUND') return undefined;
    throw error;
  }
}

export function runFrom(info: RawRun): FoundRun {
  return {
    workflowId: info.execution?.workflowId ?? '',
    runId: info.execution?.runId ?? '',
    type: info.type?.name ?? '',
    status: statusFrom(info.status),
    startTime: dateOf(info.startTime) ?? new Date(0),
    closeTime: dateOf(info.closeTime),
    historyLength: Number(info.historyLength ?? 0),
    typedSearchAttributes: attributesFrom(info),
  };
}

const STATUS = proto.temporal.api.enums.v1.WorkflowExecutionStatus;

/** Under the SDK's names. */
function statusFrom(code: RawRun['status']): RunStatus {
  switch (code) {
    case STATUS.WORKFLOW_EXECUTION_STATUS_RUNNING:
      return { code, name: 'RUNNING' };
    case STATUS.WORKFLOW_EXECUTION_STATUS_PAUSED:
      return { code, name: 'PAUSED' };
    case STATUS.WORKFLOW_EXECUTION_STATUS_COMPLETED:
      return { code, name: 'COMPLETED' };
    case STATUS.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW:
      return { code, name: 'CONTINUED_AS_NEW' };
    case STATUS.WORKFLOW_EXECUTION_STATUS_FAILED:
      return { code, name: 'FAILED' };
    case STATUS.WORKFLOW_EXECUTION_STATUS_CANCELED:
      return { code, name: 'CANCELLED' };
    case STATUS.WORKFLOW_EXECUTION_STATUS_TERMINATED:
      return { code, name: 'TERMINATED' };
    case STATUS.WORKFLOW_EXECUTION_STATUS_TIMED_OUT:
      return { code, name: 'TIMED_OUT' };
    default:
      return { code: STATUS.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED, name: 'UNKNOWN' };
  }
}

/** Our own attributes only. `TypedSearchAttributes.get` ignores a value of another type. */
function attributesFrom({ searchAttributes }: RawRun): TypedSearchAttributes {
  const pairs = Object.values(ATTRIBUTES).flatMap((key) => {
    const found = searchAttributeIn(searchAttributes?.indexedFields?.[key.name]);
    // Some servers wrap a single value in an array.
    const value: unknown = Array.isArray(found) && key.type !== 'KEYWORD_LIST' ? found[0] : found;
    if (value === null || value === undefined) return [];
    const isDate = key.type === 'DATETIME' && typeof value === 'string';
    return [{ key, value: isDate ? new Date(value) : value } as SearchAttributePair];
  });
  return new TypedSearchAttributes(pairs);
}

async function readMemo(
  temporal: Client,
  workflowId: string,
  fields: Exclude<NonNullable<RawRun['memo']>['fields'], null | undefined>,
): Promise<Memo> {
  const context = { type: 'workflow', namespace: temporal.options.namespace, workflowId } as const;
  const values: Record<string, unknown> = {};
  const missingKeys = new Set<string>();
  for (const [name, payload] of Object.entries(fields)) {
    try {
      [values[name]] = await decodePayloads(temporal, [payload], context);
    } catch (error) {
      const missing = unknownKeyIn(error);
      if (missing) missingKeys.add(missing.keyId);
    }
  }
  return { values, missingKeys };
}

export function handleOf(temporal: Client, reference: Reference, runId?: RunId) {
  return temporal.workflow.getHandle<() => Promise<Outcome>>(workflowIdOf(reference), runId);
}

/** The newest run. @throws OnboardingNotFoundError, TemporalUnavailableError */
export async function describe(
  temporal: Client,
  reference: Reference,
  withinMs?: number,
): Promise<OnboardingRun> {
  const run = await describeRun(temporal, workflowIdOf(reference), withinMs);
  if (run === undefined) throw new OnboardingNotFoundError(reference);
  return run;
}

/** The run that a start of the same reference would find. */
export interface NewestRun {
  readonly runId: RunId;
  readonly hasEnded: boolean;
}

/** Undefined if Temporal has none. */
export async function newestRun(
  temporal: Client,
  reference: Reference,
): Promise<NewestRun | undefined> {
  const run = await describeRun(temporal, workflowIdOf(reference));
  return run && { runId: run.runId, hasEnded: !isOpen(run) || isWithdrawn(run) };
}

/** The sign-up was withdrawn before the onboarding began. Its outcome is known before a worker ends the run. */
export function isWithdrawn({ type }: Pick<OnboardingRun, 'type'>): boolean {
  return type === WITHDRAWN_TYPE;
}

/** Of a run as Temporal describes it. */
export function isOpenInTemporal({ status }: { readonly status?: RawRun['status'] }): boolean {
  return isOpen({ status: statusFrom(status) });
}

/** One that an operator has paused in Temporal is open, too. */
export function isOpen({ status }: Pick<OnboardingRun, 'status'>): boolean {
  return status.name === 'RUNNING' || status.name === 'PAUSED';
}
