/** An update as the API sends it: answered in time, and once only with the same key. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  NoWorkerError,
  TemporalUnavailableError,
  UpdateRefusedError,
  type OnboardingClient,
  type OnboardingView,
  type UpdateOptions,
} from '../../client/index.ts';
import type { MailTaken } from '../budget/mail-budget.ts';
import { inTime } from '../in-time.ts';
import { asProblem } from '../problems/as-problem.ts';
import { Problem } from '../problems/problem.ts';
import { whileReachable } from '../while-reachable.ts';

/** Long enough for a busy worker, short enough for a person who waits. */
const WORKER_ANSWERS_WITHIN_MS = 5_000;

interface Updating {
  readonly onboardings: OnboardingClient;
  readonly reference: string;
  /** The route's: the same key elsewhere is another message. */
  readonly operation: string;
  readonly request: Pick<FastifyRequest, 'apiKey'>;
  readonly key: string | undefined;
  /** Called before it is sent, with the hash of the sender's address: the mail that it is to cause, counted. */
  readonly before?:
    | ((emailHash: string | undefined, updateId: string) => Promise<MailTaken | undefined>)
    | undefined;
}

/**
 * Asks Temporal first, so that who it cannot reach is told at once; then waits for a worker.
 *
 * @throws Problem, with the id under which the update may be repeated where its fate is not known
 */
export async function update(
  { onboardings, reference, operation, request, key = randomUUID(), before }: Updating,
  send: (options: UpdateOptions) => Promise<OnboardingView>,
) {
  const said = onboardings.messageIdOf(JSON.stringify([reference, key]));
  const updateId = `${request.apiKey?.name ?? ''}/${operation}/${said}`;
  const mail = await inTime(async () => {
    const emailHash = await onboardings.mailKeyOf(reference);
    return before?.(emailHash, updateId);
  });
  try {
    const sent = send({ updateId, withinMs: WORKER_ANSWERS_WITHIN_MS });
    return { ...(await whileReachable(onboardings, sent)), partial: false };
  } catch (error) {
    if (error instanceof UpdateRefusedError) mail?.giveBack();
    const isOpen = error instanceof NoWorkerError || error instanceof TemporalUnavailableError;
    if (!isOpen) throw error;
    const { code, retryAfter } = asProblem(error);
    throw new Problem(code, { retryAfter, members: { updateId: key }, cause: error });
  }
}
