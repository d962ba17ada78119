/** The notifications to the partner: a test of the receiver, the log of deliveries, another delivery. */
import type { OnboardingClient } from '../../client/index.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { OF_A_BODY, problemsOf, type TypedServer } from './routes.ts';
import {
  deliveriesSchema,
  redeliveredSchema,
  redeliveryBody,
  testedSchema,
} from './schemas/notifications.ts';
import { referenceParams } from './schemas/requests.ts';

interface Notifying {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
}

export function notifying(app: TypedServer, { onboardings, calls }: Notifying): void {
  app.post(
    '/notifications/test',
    {
      config: { scope: 'operate' },
      schema: {
        operationId: 'testNotifications',
        summary: 'Send a test event to your receiver',
        description:
          'A worker sends a signed event of the type `onboarding.test` to its ONBOARDING_NOTIFY_URL, once. It concerns ' +
          'no onboarding. The answer is 200 whether or not your receiver accepted it, as soon as that is known: after 20 s at ' +
          'the latest.',
        tags: ['notifications'],
        response: { 200: testedSchema, ...problemsOf('no-worker') },
      },
    },
    async () => {
      // An outage of Temporal is reported at once.
      await calls.withDeadline(() => onboardings.ping());
      const tested = await calls.whileReachable(onboardings.notifications.test());
      const accepted = tested.kind === 'answered' && tested.status >= 200 && tested.status < 300;
      return { ...tested, accepted };
    },
  );

  app.get(
    '/onboardings/:reference/notifications',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listNotifications',
        summary: 'List the deliveries of notifications',
        description:
          'The last 50 deliveries of this reference, newest first: when, what, how often it was attempted, and the last ' +
          'answer of your receiver. Read from Temporal, which keeps them for the retention of its namespace.',
        tags: ['notifications'],
        params: referenceParams,
        response: { 200: deliveriesSchema, ...problemsOf('onboarding-not-found') },
      },
    },
    async ({ params: { reference } }) => {
      const log = await calls.withDeadline(() => onboardings.notifications.log(reference));
      return { reference, deliveries: [...log] };
    },
  );

  app.post(
    '/onboardings/:reference/notifications/redeliver',
    {
      config: { scope: 'operate' },
      schema: {
        operationId: 'redeliverNotification',
        summary: 'Deliver a notification again',
        description:
          'Without `sequence`, the newest one of the log. It has the id and the body that it had. One that waits for its ' +
          'next attempt is attempted within 20 seconds. A newer notification replaces it. 202: durable, also if no worker runs; ' +
          'the log shows the answer.',
        tags: ['notifications'],
        params: referenceParams,
        body: redeliveryBody,
        response: {
          202: redeliveredSchema,
          ...problemsOf('onboarding-not-found', 'not-now', 'notification-not-found', ...OF_A_BODY),
        },
      },
    },
    async ({ params: { reference }, body }, reply) => {
      const redelivered = await calls.withDeadline(() =>
        onboardings.notifications.redeliver(reference, body),
      );
      return reply.code(202).send({ reference, ...redelivered });
    },
  );
}
