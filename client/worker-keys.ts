/** Finds the encryption keys that workers lack. Onboardings that need them wait, even if this client has them. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { isKeyId } from '../codec/encryption-key.ts';
import { keyIdsIn } from '../codec/worker-identity.ts';
import { ATTRIBUTES, TASK_QUEUE } from '../workflows/contract/index.ts';
import { type OnboardingRun, isOpen } from './run.ts';
import { TemporalUnavailableError } from './errors.ts';
import { grpcCodeOf } from './grpc.ts';
import { stillPolls } from './pollers.ts';
import { callTemporal } from './temporal-call.ts';

const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;
const KEPT_MS = 3_000;

/** The keys of each worker whose identity lists them. @throws TemporalUnavailableError */
export async function keysOfWorkers(temporal: Client): Promise<readonly (readonly string[])[]> {
  const identities = await identitiesOfWorkers(temporal);
  return identities.flatMap((identity) => {
    const keys = keyIdsIn(identity);
    return keys === undefined ? [] : [keys];
  });
}

/** The identities of the workers that run onboardings now. @throws TemporalUnavailableError */
export async function identitiesOfWorkers(temporal: Client): Promise<readonly string[]> {
  const { namespace } = temporal.options;
  const { pollers } = await callTemporal(temporal, () =>
    temporal.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
    }),
  );
  return pollers.filter(stillPolls).flatMap(({ identity }) => (identity ? [identity] : []));
}

/** The keys, among these, that some worker lacks. */
export function lackedByAny(
  workers: readonly (readonly string[])[],
  keyIds: readonly string[],
): readonly string[] {
  return keyIds.filter((id) => workers.some((keys) => !keys.includes(id)));
}

/** Ids of the keys that the run needs and that are missing here or at a worker. None if the run has ended. */
export async function missingKeysOf(
  temporal: Client,
  run: OnboardingRun,
): Promise<readonly string[]> {
  if (!isOpen(run)) return [];
  const begunUnder = run.typedSearchAttributes.get(ATTRIBUTES.keyId) ?? '';
  const needed = isKeyId(begunUnder) ? [begunUnder] : [];
  const lacked = lackedByAny(await lastKeysOfWorkers(temporal), needed);
  return [...new Set([...run.memo.missingKeys, ...lacked])];
}

interface Listed {
  readonly atMs: number;
  readonly keys: ReturnType<typeof keysOfWorkers>;
}

const lastListed = new WeakMap<Client, Listed>();

/** At most a few seconds old, because many views need them. Empty if Temporal does not list workers. */
function lastKeysOfWorkers(temporal: Client): ReturnType<typeof keysOfWorkers> {
  const nowMs = performance.now();
  const last = lastListed.get(temporal);
  if (last !== undefined && nowMs - last.atMs < KEPT_MS) return last.keys;
  const keys = keysOfWorkers(temporal).catch((error: unknown) => {
    lastListed.delete(temporal);
    // The SDK's time-skipping server does not implement the call.
    const isUnsupported = grpcCodeOf(error) === 'UNIMPLEMENTED';
    if (isUnsupported || error instanceof TemporalUnavailableError) return [];
    throw error;
  });
  lastListed.set(temporal, { atMs: nowMs, keys });
  return keys;
}
