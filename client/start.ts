/** Starting an onboarding: once for a reference, whoever asks and however often. */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  ATTRIBUTES,
  MEMO_FINGERPRINT,
  MEMO_PARTS,
  PRIORITY,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type OnboardingRequest,
  type OnboardingStart,
  type Policy,
} from '../workflows/contract/index.ts';
import type { Run } from './describe-run.ts';
import { differences } from './differences.ts';
import { keyAttribute } from './encryption.ts';
import { endingOfRun, type Ending } from './ending.ts';
import { isBeingErased } from './erase.ts';
import { UpdateRefusedError } from './errors/index.ts';
import { NO_HERITAGE, readFormer } from './former-run.ts';
import { emailHash, requestFingerprint, requestParts, type HashKey } from './hash-key.ts';
import { describe, isOpen, isWithdrawn } from './onboarding-run.ts';
import { parse } from './schemas/parse.ts';
import { startRequest, type StartRequest } from './schemas/start-request.ts';
import { callTemporal } from './temporal-call.ts';

export interface StartOptions {
  /** Also after an onboarding of this reference has ended. A repeated sign-up event must not. */
  readonly restart?: boolean | undefined;
  /** One of many, such as an import: people who sign up right now go first. */
  readonly bulk?: boolean | undefined;
}

export type StartResult = {
  readonly reference: string;
  readonly runId: string;
} & (
  | { readonly kind: 'started' }
  /** One is open already, and asked for the same. */
  | { readonly kind: 'open' }
  /** One is open already and asked for something else, which was left as it is. */
  | {
      readonly kind: 'open-differs';
      /** In what, such as `email` or `registration.city`; empty where that is not known. */
      readonly differs: readonly string[];
    }
  /** One has ended already; `restart` would start another. */
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      /** It was started by the same request. */
      readonly asksForTheSame: boolean;
    }
);

export interface StartSettings {
  readonly temporal: Client;
  /** The key in use, then those in use before. */
  readonly hashKeys: readonly [HashKey, ...HashKey[]];
  readonly policy: Policy;
}

/** A run that begins and ends within one start is rare. */
const TRIES = 3;

const WITHDRAWN: Ending = {
  kind: 'cancelled',
  by: 'unknown',
  reason: 'the sign-up was withdrawn before it began',
  accessAsked: false,
  identityOrdered: false,
};

/** @throws InvalidRequestError, TemporalUnavailableError; UpdateRefusedError where a restart meets an erasure */
export async function startOnboarding(
  settings: StartSettings,
  input: StartRequest,
  options: StartOptions = {},
): Promise<StartResult> {
  const request = parse(startRequest, input);
  for (let tries = 1; ; tries++) {
    const result = await tryToStart(settings, request, options);
    // One was open when this one was to start, and has ended since: that is no reason to refuse.
    const again = options.restart === true && result.kind === 'ended';
    if (!again || tries === TRIES) return result;
  }
}

async function tryToStart(
  settings: StartSettings,
  request: OnboardingRequest,
  options: StartOptions,
): Promise<StartResult> {
  const { temporal, policy, hashKeys } = settings;
  const { reference } = request;
  let heritage = NO_HERITAGE;
  if (options.restart === true) {
    await refuseWhileErased(temporal, reference);
    const former = await readFormer(temporal, hashKeys, request);
    // Its end is not known yet, so nothing may start after it on what is known now.
    if (former.kind === 'open') return open(former.run, settings, request);
    if (former.kind === 'ended') ({ heritage } = former);
  }
  const start: OnboardingStart = { request, ...heritage, policy };
  try {
    const handle = await callTemporal(temporal, () =>
      temporal.workflow.start(WORKFLOW_TYPE, {
        args: [start],
        ...startOptions(settings, request, options),
      }),
    );
    // One that was asked for since takes this start too.
    if (options.restart === true) await refuseWhileErased(temporal, reference);
    return { kind: 'started', reference, runId: handle.firstExecutionRunId };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return existing(settings, request);
  }
}

/** An erasure takes all that it finds: what is begun meanwhile would go with it. */
async function refuseWhileErased(temporal: Client, reference: string): Promise<void> {
  if (!(await isBeingErased(temporal, reference))) return;
  throw new UpdateRefusedError(
    reference,
    'this sender is being erased, which takes a running worker and a minute; start again then',
  );
}

function startOptions(
  { temporal, hashKeys: [key] }: StartSettings,
  request: OnboardingRequest,
  { restart = false, bulk = false }: StartOptions,
) {
  return {
    workflowId: workflowIdOf(request.reference),
    taskQueue: TASK_QUEUE,
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: restart ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: ATTRIBUTES.status, value: 'requesting-access' },
      { key: ATTRIBUTES.since, value: new Date() },
      { key: ATTRIBUTES.emailHash, value: emailHash(request.email, key) },
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

function open(run: Run, { hashKeys }: StartSettings, request: OnboardingRequest): StartResult {
  const is = { reference: request.reference, runId: run.runId };
  if (isWithdrawn(run)) {
    return { kind: 'ended', ...is, ending: WITHDRAWN, asksForTheSame: false };
  }
  const differs = differences(run.memo, hashKeys, request);
  return differs === 'none' ? { kind: 'open', ...is } : { kind: 'open-differs', differs, ...is };
}
