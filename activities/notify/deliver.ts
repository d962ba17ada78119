/** Delivers one notification, as Standard Webhooks has it (https://www.standardwebhooks.com). */
import { createHash } from 'node:crypto';
import { ApplicationFailure, type ApplicationFailureOptions } from '@temporalio/common';
import type { Delivery, Notification, NotificationEvent } from '../../workflows/contract/index.ts';
import { post, type Answer } from './post.ts';
import type { Receiver } from './receiver.ts';

const GONE = 410;
const AFTER_SHUTDOWN_MS = 1_000;

/**
 * One try.
 *
 * @param stop aborts where this worker goes away: another one tries again
 * @throws ApplicationFailure where it was not taken, to be tried again: it tells of the receiver its
 *   host only, and of its answer the status only
 */
export async function deliver(
  receiver: Receiver | undefined,
  notification: Notification,
  stop: AbortSignal,
): Promise<Delivery> {
  if (!receiver) {
    throw failure(
      'NotificationsNotSetUp',
      'this worker was not told where the partner wants notifications: set ONBOARDING_NOTIFY_URL',
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
  throw failure('NotificationNotTaken', `${receiver.url.hostname} ${toldOf(answer, receiver)}`);
}

/** Headers and body. The same notification is the same message, however often it is tried. */
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

/** The reference is the partner's own, and not for logs of proxies on the way. */
function idOf({ type, sequence, view }: Notification): string {
  const hash = createHash('sha256').update(`${view.reference}/${type}/${sequence}`).digest('hex');
  return `msg_${hash.slice(0, 32)}`;
}

function toldOf(answer: Exclude<Answer, { kind: 'stopped' }>, { timeoutMs }: Receiver): string {
  switch (answer.kind) {
    case 'answered':
      return `did not take the notification: HTTP ${answer.status}`;
    case 'refused-target':
      return (
        'leads to an address of a private network or of this machine, which is refused unless ' +
        'ONBOARDING_NOTIFY_ALLOW_PRIVATE=1'
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
