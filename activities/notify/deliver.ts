/** Delivers one notification by the Standard Webhooks specification (https://www.standardwebhooks.com). */
import { createHash, randomUUID } from 'node:crypto';
import { ApplicationFailure, type ApplicationFailureOptions } from '@temporalio/common';
import type {
  Delivery,
  Notification,
  NotificationEvent,
  NotificationTest,
  TestEvent,
} from '../../workflows/contract/index.ts';
import type { Recorder } from '../../metrics/definition.ts';
import type { DELIVERY_METRICS } from '../metrics.ts';
import { post, type PostResult } from './post.ts';
import type { Receiver } from './receiver.ts';

const GONE = 410;
const AFTER_SHUTDOWN_MS = 1_000;

export type DeliveryRecorder = Recorder<typeof DELIVERY_METRICS>;

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
  record: DeliveryRecorder = () => undefined,
): Promise<Delivery> {
  if (!receiver) {
    record('onboarding_notification_attempts_total', { result: 'not-set-up' });
    throw failure(
      'NotificationsNotSetUp',
      'this worker has no address for notifications: set ONBOARDING_NOTIFY_URL',
    );
  }
  const { type, sequence, at, view } = notification;
  const event: NotificationEvent = { type, timestamp: at, data: { sequence, onboarding: view } };
  const began = performance.now();
  const answer = await send(receiver, idOf(notification), event, stop);
  record('onboarding_notification_attempt_seconds', {}, (performance.now() - began) / 1000);
  record('onboarding_notification_attempts_total', { result: resultOf(answer) });
  if (answer.kind === 'stopped') {
    const message = 'the worker was stopped during the delivery';
    throw failure('WorkerShutdown', message, { nextRetryDelay: AFTER_SHUTDOWN_MS });
  }
  if (answer.kind === 'answered') {
    const { status } = answer;
    if (isAccepted(status)) return { kind: 'delivered', status };
    if (status === GONE) return { kind: 'gone', status };
  }
  throw failure('NotificationNotTaken', `${receiver.url.hostname} ${reasonOf(answer, receiver)}`);
}

function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}

function resultOf(answer: PostResult) {
  if (answer.kind !== 'answered') return answer.kind;
  if (isAccepted(answer.status)) return 'accepted';
  return answer.status === GONE ? 'gone' : 'refused';
}

/** Sends a test event, once. @param stop aborts if this worker stops */
export async function sendTest(
  receiver: Receiver | undefined,
  stop: AbortSignal,
): Promise<NotificationTest> {
  if (!receiver) return { kind: 'not-set-up' };
  const event: TestEvent = {
    type: 'onboarding.test',
    timestamp: new Date().toISOString(),
    data: { message: 'A test of notifications. It concerns no onboarding.' },
  };
  const began = performance.now();
  const answer = await send(receiver, `msg_${randomUUID().replaceAll('-', '')}`, event, stop);
  const milliseconds = Math.round(performance.now() - began);
  const url = receiver.url.origin;
  if (answer.kind === 'answered') {
    return { kind: 'answered', url, status: answer.status, milliseconds };
  }
  const reason =
    answer.kind === 'stopped'
      ? 'was not waited for: the worker was stopped'
      : reasonOf(answer, receiver);
  return { kind: 'no-answer', url, reason, milliseconds };
}

/** Every try of a notification has the same id and body. */
function send(
  receiver: Receiver,
  id: string,
  event: NotificationEvent | TestEvent,
  stop: AbortSignal,
): Promise<PostResult> {
  const body = JSON.stringify(event);
  const now = new Date();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'sender-onboarding',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': receiver.signers.map((signer) => signer.sign(id, now, body)).join(' '),
  };
  return post(receiver, headers, body, stop);
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
