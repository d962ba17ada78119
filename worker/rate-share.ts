/**
 * This process's share of AR24's rate limit. The server limits tasks only, and a task makes one call or two. So
 * each process counts its own calls, and the processes divide the limit by their number: Temporal lists the
 * processes that poll its task queues.
 *
 * Each share comes from an answer of Temporal that is at most a second old, and a process that finds others first
 * waits until all of them must have seen it. So together they never exceed the limit, even when a process starts.
 */
import { hostname } from 'node:os';
import type { ConnectionLike } from '@temporalio/client';
import type { Share, ShareNow } from '../activities/rate-limiter.ts';
import { QUEUES } from '../client/backlog.ts';
import { grpcCodeOf } from '../client/grpc.ts';
import { nameIn } from '../codec/worker-identity.ts';

const ANSWER_HOLDS_MS = 1_000;
const SEEN_BY_ALL_AFTER_MS = 2 * ANSWER_HOLDS_MS;
const ANSWERS_WITHIN_MS = 5_000;
/** A worker polls again each minute. Temporal lists it for five minutes after its last poll. */
const GONE_AFTER_S = 90;

/** Temporal accepts identities of 1,000 characters, and the ids of the keys need room too. */
const MOST_OF_HOST = 60;

/** Identities in use in this process. */
const taken = new Set<string>();

/** An identity that distinguishes the workers of this process from others. In a container it survives a restart. */
export function takeIdentity(): { readonly identity: string; readonly giveBack: () => void } {
  const first = `${process.pid}@${hostname().slice(0, MOST_OF_HOST)}`;
  let identity = first;
  for (let n = 2; taken.has(identity); n += 1) identity = `${first}#${n}`;
  taken.add(identity);
  return { identity, giveBack: () => taken.delete(identity) };
}

/** @returns the present share, or undefined if it is not known now */
export function createShare(
  connection: ConnectionLike,
  namespace: string,
  identity: string,
  maxCallsPerSecond: number,
): ShareNow {
  let known: { readonly at: number; readonly share: Share } | undefined;
  /** All others have seen this process from this time on. */
  let seenFrom = Infinity;

  return async () => {
    const at = performance.now();
    if (known !== undefined && at - known.at <= ANSWER_HOLDS_MS) return known.share;
    known = undefined;
    const workers = await presentWorkers(connection, namespace);
    if (workers === 'unsupported') {
      // The server does not change while this process runs.
      known = { at: Infinity, share: shareOf(maxCallsPerSecond, 1, 0) };
      return known.share;
    }
    if (workers === undefined) return undefined;
    const rank = workers.indexOf(identity);
    if (rank < 0) seenFrom = Infinity;
    else if (seenFrom === Infinity) {
      seenFrom = workers.length === 1 ? at : performance.now() + SEEN_BY_ALL_AFTER_MS;
    }
    if (at < seenFrom) return undefined;
    known = { at, share: shareOf(maxCallsPerSecond, workers.length, rank) };
    return known.share;
  };
}

/**
 * The share of one of several processes: whole calls a second, whose sum is the limit. With more processes than
 * calls, each makes one call in several seconds. Then the limit holds on average only.
 *
 * @param rank from 0 on
 */
export function shareOf(maxCallsPerSecond: number, workers: number, rank: number): Share {
  const whole = Math.floor(maxCallsPerSecond);
  if (whole < workers) return { calls: 1, perMs: (1000 * workers) / maxCallsPerSecond };
  return { calls: Math.floor(whole / workers) + (rank < whole % workers ? 1 : 0), perMs: 1000 };
}

/** Sorted. Undefined if Temporal did not answer; `unsupported` if the server does not list pollers. */
async function presentWorkers(
  connection: ConnectionLike,
  namespace: string,
): Promise<readonly string[] | 'unsupported' | undefined> {
  try {
    const queues = await connection.withDeadline(Date.now() + ANSWERS_WITHIN_MS, () =>
      Promise.all(
        QUEUES.map(({ name, taskQueueType }) =>
          connection.workflowService.describeTaskQueue({
            namespace,
            taskQueue: { name },
            taskQueueType,
          }),
        ),
      ),
    );
    const polls = queues
      .flatMap(({ pollers }) => pollers)
      .map(({ identity, lastAccessTime }) => ({
        // The worker of the workflows adds its keys and its policy to the name.
        identity: nameIn(identity ?? ''),
        at: Number(lastAccessTime?.seconds ?? 0),
      }));
    // Compared with the newest poll, and so by the server's clock: the one here may be wrong.
    const newest = Math.max(...polls.map(({ at }) => at));
    const present = polls.filter(({ at }) => newest - at <= GONE_AFTER_S);
    return [...new Set(present.map(({ identity }) => identity))].toSorted();
  } catch (error) {
    return grpcCodeOf(error) === 'UNIMPLEMENTED' ? 'unsupported' : undefined;
  }
}
