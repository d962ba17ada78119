/** Starting an onboarding: once for a reference, whoever asks and however often. */
import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  ATTRIBUTES,
  MEMO_FINGERPRINT,
  PRIORITY,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type OnboardingRequest,
  type OnboardingStart,
  type Policy,
} from '../workflows/contract/index.ts';
import { OnboardingNotFoundError } from './errors/index.ts';
import { emailHash, requestFingerprint, versionOf, type HashKey } from './hash-key.ts';
import { describe, endingOf, isOpen, type Ending } from './onboarding-run.ts';
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
  | { readonly kind: 'open-differs' }
  /** One has ended already; `restart` would start another. */
  | { readonly kind: 'ended'; readonly ending: Ending }
);

export interface StartSettings {
  readonly temporal: Client;
  /** The key in use, then those in use before. */
  readonly hashKeys: readonly [HashKey, ...HashKey[]];
  readonly policy: Policy;
}

/** @throws InvalidRequestError or TemporalUnavailableError */
export async function startOnboarding(
  settings: StartSettings,
  input: StartRequest,
  options: StartOptions = {},
): Promise<StartResult> {
  const { temporal, policy } = settings;
  const request = parse(startRequest, input);
  const { reference } = request;
  const askedBefore = options.restart === true && (await accessWasAsked(settings, request));
  const start: OnboardingStart = { request, askedBefore, policy };
  try {
    const handle = await callTemporal(temporal, () =>
      temporal.workflow.start(WORKFLOW_TYPE, {
        args: [start],
        ...startOptions(settings, request, options),
      }),
    );
    return { kind: 'started', reference, runId: handle.firstExecutionRunId };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return existing(settings, request);
  }
}

function startOptions(
  { hashKeys: [key] }: StartSettings,
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
    ]),
    memo: { [MEMO_FINGERPRINT]: requestFingerprint(request, key) },
    staticSummary: `sender ${request.reference}`,
    priority: { priorityKey: bulk ? PRIORITY.bulk : PRIORITY.interactive },
  } as const;
}

async function existing(settings: StartSettings, request: OnboardingRequest): Promise<StartResult> {
  const { temporal } = settings;
  const { reference } = request;
  const run = await describe(temporal, reference);
  const { runId } = run;
  if (isOpen(run)) {
    return {
      kind: asksForTheSame(run, settings, request) ? 'open' : 'open-differs',
      reference,
      runId,
    };
  }
  const ending = await callTemporal(temporal, () => endingOf(temporal, reference, runId));
  return { kind: 'ended', reference, runId, ending };
}

function asksForTheSame(
  { memo }: WorkflowExecutionDescription,
  { hashKeys }: StartSettings,
  request: OnboardingRequest,
): boolean {
  const fingerprint = memo?.[MEMO_FINGERPRINT];
  if (typeof fingerprint !== 'string') return false;
  const key = hashKeys.find(({ version }) => version === versionOf(fingerprint));
  return key !== undefined && requestFingerprint(request, key) === fingerprint;
}

/** The onboarding before this one asked the holder of the same address, who may answer any time. */
async function accessWasAsked(
  { temporal, hashKeys }: StartSettings,
  { reference, email }: OnboardingRequest,
): Promise<boolean> {
  try {
    const run = await describe(temporal, reference);
    const before = run.typedSearchAttributes.get(ATTRIBUTES.emailHash);
    if (isOpen(run) || !hashKeys.some((key) => emailHash(email, key) === before)) return false;
    const ending = await callTemporal(temporal, () => endingOf(temporal, reference, run.runId));
    return 'accessAsked' in ending && ending.accessAsked;
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return false;
    throw error;
  }
}
