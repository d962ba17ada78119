/** Delivers one notification by the Standard Webhooks specification (https://www.standardwebhooks.com). */
import { createHash } from 'node:crypto';
import { ApplicationFailure, type ApplicationFailureOptions } from '@temporalio/common';
import type { Delivery, Notification, NotificationEvent } from '../../workflows/contract/index.ts';
import { post, type PostResult } from './post.ts';
import type { Receiver } from './receiver.ts';

const GONE = 410;
const AFTER_SHUTDOWN_MS = 1_000;

/**
 * One try.
 *
 * @param stop aborts if this worker stops; another worker then tries again
 * @throws ApplicationFailure, to be retried, if the receiver did not accept the notification. It holds only the
 *   receiver's host and the status of its answer
 */
export async function deliver(
  receiver: Receiver | undefined,
  notification: Notification,
  stop: AbortSignal,
): Promise<Delivery> {
  if (!receiver) {
    throw failure(
      'NotificationsNotSetUp',
      'this worker has no address for notifications: set ONBOARDING_NOTIFY_URL',
    );
  }
  const answer = await post(receiver, ...messageOf(receiver, notification, new Date()), stop);
  if (answer.kind === 'stopped') {
    const message = 'the worker was stopped during the delivery';
    throw failure('WorkerShutdown', message, { nextRetryDelay: AFTER_SHUTDOWN_MS });
  }
  if (answer.kind === 'answered') {
    if (answer.status >= 200 && answer.status < 300) return 'delivered';
    if (answer.status === GONE) return 'gone';
  }
  throw failure('NotificationNotTaken', `${receiver.url.hostname} ${reasonOf(answer, receiver)}`);
}

/** Headers and body. Every try of a notification has the same message id and body. */
function messageOf(
  { signers }: Receiver,
  notification: Notification,
  now: Date,
): [Readonly<Record<string, string>>, string] {
  const { type, sequence, at, view } = notification;
  const event: NotificationEvent = {
    type,
    timestamp: at,
    data: { sequence, onboarding: view },
  };
  const body = JSON.stringify(event);
  const id = idOf(notification);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'sender-onboarding',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signers.map((signer) => signer.sign(id, now, body)).join(' '),
  };
  return [headers, body];
}

/** A hash, so that logs of proxies on the way do not hold the partner's reference. */
function idOf({ type, sequence, view }: Notification): string {
  const hash = createHash('sha256').update(`${view.reference}/${type}/${sequence}`).digest('hex');
  return `msg_${hash.slice(0, 32)}`;
}

function reasonOf(
  answer: Exclude<PostResult, { kind: 'stopped' }>,
  { timeoutMs }: Receiver,
): string {
  switch (answer.kind) {
    case 'answered':
      return `did not accept the notification: HTTP ${answer.status}`;
    case 'refused-target':
      return (
        'resolves to an address of a private network or of this machine, which is refused unless ' +
        'ONBOARDING_NOTIFY_ALLOW_PRIVATE=1 is set'
      );
    case 'too-slow':
      return `did not answer within ${timeoutMs / 1000} s`;
    case 'unreachable':
      return `cannot be reached (${answer.code})`;
  }
}

function failure(
  type: string,
  message: string,
  more: Pick<ApplicationFailureOptions, 'nextRetryDelay'> = {},
): ApplicationFailure {
  return ApplicationFailure.create({ type, message, ...more });
}
