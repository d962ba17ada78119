/** Temporal's events, put as what happened to an onboarding. */
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import type { handleOf } from '../onboarding-run.ts';
import type { Happening } from './entry.ts';
import { fieldsOf, type ReadFields } from './payload.ts';

type History = Awaited<ReturnType<ReturnType<typeof handleOf>['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];
type Upsert = NonNullable<HistoryEvent['upsertWorkflowSearchAttributesEventAttributes']>;

/** Looking changes nothing: what it saw shows in the status, and so does what the partner is told. */
const QUIET = ['look', 'awaitChange', 'tellPartner'];
/** The only fields of messages that are told: forms and addresses are in others. */
const ABOUT = ['what', 'requirement', 'until'];

/** @param calls names of activities by the id of the event that scheduled them */
export async function happenings(
  event: HistoryEvent,
  calls: ReadonlyMap<string, string>,
  read: ReadFields,
): Promise<readonly Happening[]> {
  const started = event.workflowExecutionStartedEventAttributes;
  if (started) return started.continuedExecutionRunId ? [] : [{ kind: 'started' }];
  const upsert = event.upsertWorkflowSearchAttributesEventAttributes;
  if (upsert) return attributesIn(upsert);
  const failed = failureIn(event);
  if (failed) return [failed];
  return (await callIn(event, calls, read)) ?? (await messageIn(event, read)) ?? [];
}

function failureIn(event: HistoryEvent): Happening | undefined {
  if (event.workflowExecutionFailedEventAttributes) return { kind: 'failed', how: 'failed' };
  if (event.workflowExecutionTimedOutEventAttributes) return { kind: 'failed', how: 'timed-out' };
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  return terminated ? { kind: 'failed', how: 'terminated' } : undefined;
}

async function callIn(
  event: HistoryEvent,
  calls: ReadonlyMap<string, string>,
  read: ReadFields,
): Promise<readonly Happening[] | undefined> {
  const completed = event.activityTaskCompletedEventAttributes;
  const ended =
    completed ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes;
  const call = ended ? calls.get(String(ended.scheduledEventId)) : undefined;
  if (call === undefined) return undefined;
  if (QUIET.includes(call)) return [];
  const fields = completed ? await read(completed.result?.payloads) : {};
  const { kind } = fieldsOf(fields['asked'] ?? fields);
  return [{ kind: 'call', call, result: textOf(kind) }];
}

async function messageIn(
  event: HistoryEvent,
  read: ReadFields,
): Promise<readonly Happening[] | undefined> {
  const signal = event.workflowExecutionSignaledEventAttributes;
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
  const name = signal?.signalName ?? update?.name;
  if (!name) return undefined;
  const fields = await read(signal?.input?.payloads ?? update?.args?.payloads);
  const about = ABOUT.map((field) => textOf(fields[field])).find((one) => one !== null) ?? null;
  return [{ kind: 'message', name, by: textOf(fields['by']), about }];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function attributesIn(upsert: Upsert): readonly Happening[] {
  const status = attribute(upsert, ATTRIBUTES.status.name);
  const waitingFor = attribute(upsert, ATTRIBUTES.waitingFor.name);
  const problem = attribute(upsert, ATTRIBUTES.problem.name);
  return [
    {
      kind: 'status',
      status: textOf(status) ?? '',
      waitingFor: Array.isArray(waitingFor) ? waitingFor.map(String) : [],
    },
    { kind: 'problem', problem: textOf(problem) },
  ];
}

/** Search attributes are kept in the open, as JSON. */
function attribute({ searchAttributes }: Upsert, name: string): unknown {
  const data = searchAttributes?.indexedFields?.[name]?.data;
  if (!data || data.length === 0) return null;
  return JSON.parse(Buffer.from(data).toString());
}
