/** Reads what the previous onboarding of a reference leaves to a restart. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import {
  addressReportedSignal,
  ATTRIBUTES,
  correctAddressUpdate,
  workflowIdOf,
  type CarryOver,
  type OnboardingRequest,
  type OnboardingStart,
  type RequestAccessInput,
  type RequestResult,
  type Reference,
  type RunId,
} from '../workflows/contract/index.ts';
import type { OnboardingInput } from '../workflows/input.ts';
import { accessWasRequested } from '../workflows/state/access.ts';
import type { Sender } from '../workflows/state/sender.ts';
import { endingOfRun } from './ending.ts';
import { OnboardingNotFoundError } from './errors.ts';
import { emailHash, type HashKey } from './hash-key.ts';
import { fieldReader, type ReadFields } from './payloads.ts';
import { describe, handleOf, isOpen, type OnboardingRun } from './run.ts';
import { callTemporal } from './temporal-call.ts';
import type { HistoryEvent } from './timeline.ts';

export type PreviousRunCarryOver = Pick<
  OnboardingStart,
  'accessRequestedBefore' | 'identityOrderedBefore' | 'updatesBefore'
>;

export const NO_CARRY_OVER: PreviousRunCarryOver = {
  accessRequestedBefore: false,
  identityOrderedBefore: false,
};

export type PreviousRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly run: OnboardingRun }
  | {
      readonly kind: 'ended';
      readonly carryOver: PreviousRunCarryOver;
    };

/** Activities that the client finds in histories by their names. */
export const REQUEST_ACTIVITIES = { access: 'requestAccess', identity: 'orderIdentity' } as const;

/** As many as an onboarding remembers of its own updates. */
const MAX_UPDATES = 50;

/**
 * Reads the newest run of a reference. One run is enough: each onboarding carries over what the earlier ones left.
 *
 * @throws TemporalUnavailableError
 */
export async function readPreviousRun(
  temporal: Client,
  hashKeys: readonly HashKey[],
  { reference, email }: OnboardingRequest,
): Promise<PreviousRun> {
  try {
    const run = await describe(temporal, reference);
    if (isOpen(run)) return { kind: 'open', run };
    const ending = await endingOfRun(temporal, reference, run);
    const history = await readHistory(temporal, reference, run.runId);
    const hasCarryOver = ending.kind !== 'failed' && ending.kind !== 'unreadable';
    const left = hasCarryOver ? ending : await carryOverIn(history);
    const [hash] = run.typedSearchAttributes.get(ATTRIBUTES.emailHashes) ?? [];
    const sameAddress = hashKeys.some((key) => emailHash(email, key) === hash);
    return {
      kind: 'ended',
      carryOver: {
        // The request went to the holder of the earlier address, who may still answer it.
        accessRequestedBefore: sameAddress && left.accessRequested,
        // The order was for the person, whatever their address is now.
        identityOrderedBefore: left.identityOrdered,
        updatesBefore: acceptedUpdates(history),
      },
    };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return { kind: 'none' };
    throw error;
  }
}

/** Schemas for fields of a type of the workflow. A field that is renamed there does not compile here. */
type FieldsOf<T> = Partial<Record<keyof T, z.ZodType>>;

/** A value of the workflow's own state, of which only the JSON type is checked. */
const stateText = <T extends string | null>() =>
  z.custom<T>((value) => typeof value === 'string' || value === null);

function isAccess(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && 'held' in value;
}

const updateIds = z.array(z.string()).catch([]);

/** The fields of the workflow's input that show what earlier runs requested. */
const inputSchema = z.object({
  accessRequestedBefore: z.boolean(),
  identityOrderedBefore: z.boolean(),
  updatesBefore: updateIds,
  carriedOver: z
    .object({
      sender: z.object({
        access: z.custom<Sender['access']>(isAccess),
        identityOrders: z.array(z.unknown()),
        meta: z.object({
          recentUpdates: updateIds,
          updatesBefore: updateIds,
        } satisfies FieldsOf<Sender['meta']>),
      } satisfies FieldsOf<Sender>),
    } satisfies FieldsOf<NonNullable<OnboardingInput['carriedOver']>>)
    .optional(),
} satisfies FieldsOf<OnboardingInput>);

const snapshotSchema = z.object({
  kind: stateText<NonNullable<RequestResult['snapshot']>['kind']>(),
});

const resultSchema = z.object({
  snapshot: snapshotSchema.nullable(),
  answer: z.object({ kind: stateText<RequestResult['answer']['kind']>() }),
} satisfies FieldsOf<RequestResult>);

const accessInputSchema = z.object({
  unlessChangedFrom: snapshotSchema.optional(),
} satisfies FieldsOf<RequestAccessInput>);

interface RunHistory {
  readonly events: readonly HistoryEvent[];
  /** Undefined if it is not readable. */
  readonly input: z.output<typeof inputSchema> | undefined;
  readonly read: ReadFields;
}

async function readHistory(
  temporal: Client,
  reference: Reference,
  runId: RunId,
): Promise<RunHistory> {
  const history = await callTemporal(temporal, () =>
    handleOf(temporal, reference, runId).fetchHistory(),
  );
  const events = history.events ?? [];
  const read = fieldReader(temporal, workflowIdOf(reference));
  const payloads = events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const { data: input } = inputSchema.safeParse(await read(payloads));
  return { events, input, read };
}

/**
 * Requests and orders of a run that left no readable outcome, from its input and its calls.
 *
 * @returns in doubt no access request, since a request proves the account's holder, and a paid order
 */
async function carryOverIn({ events, input, read }: RunHistory): Promise<CarryOver> {
  if (!input) return { accessRequested: false, identityOrdered: true };
  const sender = input.carriedOver?.sender;
  const requestedEarlier =
    input.accessRequestedBefore || (sender !== undefined && accessWasRequested(sender));
  const orderedEarlier = input.identityOrderedBefore || (sender?.identityOrders.length ?? 0) > 0;
  // A request to the holder of an earlier address says nothing about the present one.
  const lastCorrection = events.findLastIndex(mayCorrectAddress);
  const isSameAddress = lastCorrection < 0;
  return {
    accessRequested:
      (isSameAddress && requestedEarlier) ||
      (await wasAccessRequested(events.slice(lastCorrection + 1), read)),
    identityOrdered: orderedEarlier || scheduled(events, REQUEST_ACTIVITIES.identity).size > 0,
  };
}

function mayCorrectAddress({
  workflowExecutionUpdateAcceptedEventAttributes: update,
  workflowExecutionSignaledEventAttributes: signal,
}: HistoryEvent): boolean {
  return (
    update?.acceptedRequest?.input?.name === correctAddressUpdate.name ||
    signal?.signalName === addressReportedSignal.name
  );
}

/** The inputs of an activity's calls, by the ids of the events that scheduled them. */
function scheduled(events: readonly HistoryEvent[], activity: string) {
  const calls = events.flatMap(({ eventId, activityTaskScheduledEventAttributes: call }) =>
    call?.activityType?.name === activity ? [[String(eventId), call.input?.payloads] as const] : [],
  );
  return new Map(calls);
}

async function wasAccessRequested(
  events: readonly HistoryEvent[],
  read: ReadFields,
): Promise<boolean> {
  const requests = scheduled(events, REQUEST_ACTIVITIES.access);
  for (const {
    activityTaskCompletedEventAttributes: completed,
    activityTaskTimedOutEventAttributes: timedOut,
  } of events) {
    const request = String((completed ?? timedOut)?.scheduledEventId);
    if (!requests.has(request)) continue;
    const { data: result } = resultSchema.safeParse(await read(completed?.result?.payloads));
    if (result?.answer.kind === 'sent') return true;
    if (!timedOut && result?.answer.kind !== 'unconfirmed') continue;
    // A request without an answer counts only if there is an account to request access to.
    const { data: input } = accessInputSchema.safeParse(await read(requests.get(request)));
    const shown = result?.snapshot ?? input?.unlessChangedFrom;
    if (shown?.kind === 'unavailable') return true;
  }
  return false;
}

/**
 * Ids of the updates that this and earlier onboardings have accepted: a repeated one is not meant for the
 * restart. Oldest first; without those of earlier runs if the input is not readable.
 */
function acceptedUpdates({ events, input }: RunHistory): readonly string[] {
  const own = events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => {
    const id = accepted?.acceptedRequest?.meta?.updateId ?? accepted?.protocolInstanceId;
    return id ? [id] : [];
  });
  const meta = input?.carriedOver?.sender.meta;
  const earlier = meta
    ? [...meta.updatesBefore, ...meta.recentUpdates]
    : (input?.updatesBefore ?? []);
  return [...earlier, ...own].slice(-MAX_UPDATES);
}
