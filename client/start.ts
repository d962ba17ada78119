/** Starts an onboarding: only one for a reference, however often the start is repeated. */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { z } from 'zod';
import {
  ATTRIBUTES,
  MEMO_FINGERPRINT,
  MEMO_PARTS,
  PRIORITY,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type Door,
  type OnboardingRequest,
  type OnboardingStart,
  type Reference,
  type RunId,
} from '../workflows/contract/index.ts';
import { keyAttribute } from './encryption.ts';
import { endingOfRun, type Ending } from './ending.ts';
import { isBeingErased } from './erase.ts';
import { UpdateRefusedError } from './errors.ts';
import {
  emailHashes,
  requestFingerprint,
  requestParts,
  versionOf,
  type HashKey,
} from './hash-key.ts';
import { NO_CARRY_OVER, readPreviousRun } from './previous-run.ts';
import { describe, isOpen, isWithdrawn, type Memo, type OnboardingRun } from './run.ts';
import { parse } from './schemas/parse.ts';
import { startRequest, type StartRequest } from './schemas/start-request.ts';
import { callTemporal } from './temporal-call.ts';

export interface StartOptions {
  /** Start another one after an onboarding of this reference has ended. A redelivered sign-up event must not. */
  readonly restart?: boolean | undefined;
  /** One start of many, such as an import: people who sign up right now have priority. */
  readonly bulk?: boolean | undefined;
  /** `counted`: the caller has counted the mail by `mails.take`. Otherwise it is counted after the start. */
  readonly mail?: 'counted' | undefined;
  /** The author of the request, who vouches for the address if it says `emailVerified`. Default: the client's actor. */
  readonly by?: string | undefined;
  /** Time of the sign-up's statement of the address. Reports from before that time change nothing. */
  readonly addressAsOf?: Date | undefined;
  /** How the sign-up reached the caller. Only counted, in the metrics. Default: `application`. */
  readonly door?: Door | undefined;
}

export type StartResult = {
  readonly reference: Reference;
  readonly runId: RunId;
} & (
  | { readonly kind: 'started' }
  /** One is open already, from the same request. */
  | { readonly kind: 'open' }
  /** One is open already, from another request. It was not changed. */
  | {
      readonly kind: 'open-differs';
      /** The parts that differ, such as `email` or `registration.city`. Empty if they are not known. */
      readonly differs: readonly string[];
    }
  /** One has ended already; `restart` would start another. */
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      /** The same request started it. */
      readonly asksForTheSame: boolean;
    }
);

export interface StartSettings {
  readonly temporal: Client;
  /** The key in use, then the former keys. */
  readonly hashKeys: readonly [HashKey, ...HashKey[]];
  /** The author, if the options name none. */
  readonly actor: string;
}

/** A run rarely begins and ends during one start, so a few tries suffice. */
const TRIES = 3;

const WITHDRAWN: Ending = {
  kind: 'cancelled',
  by: 'unknown',
  reason: 'the sign-up was withdrawn before it began',
  accessRequested: false,
  identityOrdered: false,
};

/** @throws InvalidRequestError, TemporalUnavailableError; UpdateRefusedError for a restart during an erasure */
export async function startOnboarding(
  settings: StartSettings,
  input: StartRequest,
  options: StartOptions = {},
): Promise<StartResult> {
  const request = parse(startRequest, input);
  for (let tries = 1; ; tries++) {
    const result = await tryToStart(settings, request, options);
    // Another one was open at the time of the start, and has ended since: start again.
    const again = options.restart === true && result.kind === 'ended';
    if (!again || tries === TRIES) return result;
  }
}

async function tryToStart(
  settings: StartSettings,
  request: OnboardingRequest,
  options: StartOptions,
): Promise<StartResult> {
  const { temporal, hashKeys } = settings;
  const { reference } = request;
  let carryOver = NO_CARRY_OVER;
  if (options.restart === true) {
    await refuseWhileErased(temporal, reference);
    const previous = await readPreviousRun(temporal, hashKeys, request);
    // Its carry-over is not known before its end, so nothing may start now.
    if (previous.kind === 'open') return open(previous.run, settings, request);
    if (previous.kind === 'ended') ({ carryOver } = previous);
  }
  const hashes = emailHashes(request.email, hashKeys);
  const vouchedBy = request.emailVerified ? (options.by ?? settings.actor) : undefined;
  const start: OnboardingStart = {
    request,
    emailHashes: hashes,
    vouchedBy,
    addressAsOf: options.addressAsOf?.getTime(),
    door: options.door,
    ...carryOver,
  };
  try {
    const handle = await callTemporal(temporal, () =>
      temporal.workflow.start(WORKFLOW_TYPE, {
        args: [start],
        ...startOptions(settings, request, options),
      }),
    );
    // An erasure that was requested meanwhile erases this start too.
    if (options.restart === true) await refuseWhileErased(temporal, reference);
    return { kind: 'started', reference, runId: handle.firstExecutionRunId };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return existing(settings, request);
  }
}

/** An erasure deletes every run that it finds, and so would delete one that starts meanwhile. */
async function refuseWhileErased(temporal: Client, reference: Reference): Promise<void> {
  if (!(await isBeingErased(temporal, reference))) return;
  throw new UpdateRefusedError(
    reference,
    'this sender is being erased, which takes a running worker and a minute; start again then',
  );
}

function startOptions(
  { temporal, hashKeys }: StartSettings,
  request: OnboardingRequest,
  { restart = false, bulk = false }: StartOptions,
) {
  const [key] = hashKeys;
  return {
    workflowId: workflowIdOf(request.reference),
    taskQueue: TASK_QUEUE,
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: restart ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: ATTRIBUTES.status, value: 'requesting-access' },
      { key: ATTRIBUTES.since, value: new Date() },
      { key: ATTRIBUTES.emailHashes, value: [...emailHashes(request.email, hashKeys)] },
      ...keyAttribute(temporal),
    ]),
    memo: {
      [MEMO_FINGERPRINT]: requestFingerprint(request, key),
      [MEMO_PARTS]: requestParts(request, key),
    },
    staticSummary: `sender ${request.reference}`,
    priority: { priorityKey: bulk ? PRIORITY.bulk : PRIORITY.interactive },
  } as const;
}

async function existing(settings: StartSettings, request: OnboardingRequest): Promise<StartResult> {
  const { temporal } = settings;
  const { reference } = request;
  const run = await describe(temporal, reference);
  const { runId } = run;
  if (isOpen(run)) return open(run, settings, request);
  const ending = await endingOfRun(temporal, reference, run);
  const asksForTheSame = differences(run.memo, settings.hashKeys, request) === 'none';
  return { kind: 'ended', reference, runId, ending, asksForTheSame };
}

function open(
  run: OnboardingRun,
  { hashKeys }: StartSettings,
  request: OnboardingRequest,
): StartResult {
  const found = { reference: request.reference, runId: run.runId };
  if (isWithdrawn(run)) {
    return { kind: 'ended', ...found, ending: WITHDRAWN, asksForTheSame: false };
  }
  const differs = differences(run.memo, hashKeys, request);
  return differs === 'none'
    ? { kind: 'open', ...found }
    : { kind: 'open-differs', differs, ...found };
}

const partsSchema = z.record(z.string(), z.string());

/**
 * Compares a request with the request that started a run, by hashes in the run's memo.
 *
 * @param hashKeys the key in use, then the former keys
 * @returns `none`, or the names of the parts that differ: empty if they are not known
 */
function differences(
  { values }: Memo,
  hashKeys: readonly HashKey[],
  request: OnboardingRequest,
): readonly string[] | 'none' {
  const fingerprint = values[MEMO_FINGERPRINT];
  if (typeof fingerprint !== 'string') return [];
  const key = hashKeys.find(({ version }) => version === versionOf(fingerprint));
  if (key === undefined) return [];
  if (requestFingerprint(request, key) === fingerprint) return 'none';
  const { data: before } = partsSchema.safeParse(values[MEMO_PARTS]);
  if (before === undefined) return [];
  const now = requestParts(request, key);
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}
