/** Sends an update for the API: with a deadline, and only once for the same idempotency key and body. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  NoWorkerError,
  TemporalUnavailableError,
  UpdateRefusedError,
  type MailTaken,
  type OnboardingClient,
  type OnboardingView,
  type UpdateOptions,
} from '../../client/index.ts';
import { asProblem } from '../problems/as-problem.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

/** Long enough for a busy worker, short enough for a waiting person. */
const WORKER_ANSWERS_WITHIN_MS = 5_000;

interface Updating {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  readonly reference: Reference;
  /** The operation of the route. The same key on another route is another message. */
  readonly operation: string;
  readonly request: Pick<FastifyRequest, 'apiKey'>;
  /** The parsed body, if the message has one. With another body the same key is another message. */
  readonly body?: unknown;
  /** null: the route reads no key, since a repetition changes nothing more. */
  readonly key: string | undefined | null;
  /** Called before the update is sent, to count its mail. @param mailKey of the sender's address */
  readonly before?:
    ((mailKey: string | undefined, updateId: string) => Promise<MailTaken | undefined>) | undefined;
}

/**
 * Reads from Temporal first, so that an outage is reported at once. Then waits for a worker.
 *
 * @throws HttpProblem, with the key for a repetition if it is unknown whether the update was processed
 */
export async function update(
  { onboardings, calls, reference, operation, request, body, key, before }: Updating,
  send: (options: UpdateOptions) => Promise<OnboardingView>,
) {
  const keyOrNew = key ?? randomUUID();
  const messageId = onboardings.messageIdOf(JSON.stringify([reference, keyOrNew, body]));
  const updateId = `${request.apiKey?.name ?? ''}/${operation}/${messageId}`;
  const mail = await calls.withDeadline(async () => {
    const mailKey = await onboardings.mails.keyOf(reference);
    return before?.(mailKey, updateId);
  });
  try {
    const sent = send({
      updateId,
      withinMs: WORKER_ANSWERS_WITHIN_MS,
      mail: 'counted',
    });
    return { ...(await calls.whileReachable(sent)), partial: false };
  } catch (error) {
    if (error instanceof UpdateRefusedError) await mail?.giveBack();
    const isUnknown = error instanceof NoWorkerError || error instanceof TemporalUnavailableError;
    if (!isUnknown) throw error;
    const { code, retryAfter } = asProblem(error);
    const members = key === null ? {} : { updateId: keyOrNew };
    throw new HttpProblem(code, { retryAfter, members, cause: error });
  }
}
