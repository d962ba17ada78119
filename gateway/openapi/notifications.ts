/** The notifications to the partner's server (ONBOARDING_NOTIFY_URL), as the OpenAPI document describes them. */
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { TEST_EVENT_TYPE } from '../../workflows/contract/notification.ts';
import { notifiedSchema } from '../api/schemas/view.ts';
import { moment, notificationType } from '../api/schemas/words.ts';

/** Its id registers it with zod, and so makes it a component of the document. */
export const notificationSchema = z
  .object({
    type: notificationType,
    timestamp: moment('when the onboarding got into this state'),
    data: z
      .object({
        sequence: z.int().meta({
          description: 'grows with each change of a reference: drop older notifications',
          example: 1772442000000,
          format: 'int64',
        }),
        onboarding: notifiedSchema,
      })
      .meta({ id: 'NotificationData', description: 'the state' }),
  })
  .meta({ id: 'Notification', description: 'what your server receives' });

/** Its id registers it, as above. */
export const testEventSchema = z
  .object({
    type: z.literal(TEST_EVENT_TYPE).meta({ description: 'distinguishes it from a notification' }),
    timestamp: moment('when it was sent'),
    data: z
      .object({
        message: z.string().meta({
          description: 'a sentence for people',
          example: 'A test of your receiver.',
        }),
      })
      .meta({ id: 'TestEventData', description: 'what it says' }),
  })
  .meta({ id: 'TestEvent', description: 'sent by `POST /notifications/test`' });

const referenceTo = (schema: z.ZodType) => `#/components/schemas/${String(schema.meta()?.id)}`;

export const NOTIFICATIONS: Record<string, OpenAPIV3_1.PathItemObject> = {
  notification: {
    post: {
      operationId: 'receiveNotification',
      summary: 'An onboarding has changed, or the person should be reminded',
      description:
        'Signed by Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`). Repeated for ' +
        '3 days until it is answered 2xx, or a newer one replaces it. 410 drops the waiting notifications of this ' +
        'reference; its next change is sent again. A run that failed or was terminated in Temporal ' +
        '(`failed`) sends no notification: list those with `GET /onboardings?status=failed`.',
      tags: ['notifications'],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: referenceTo(notificationSchema) } },
        },
      },
      responses: {
        '204': { description: 'accepted' },
        '410': { description: 'drop the waiting notifications of this reference' },
      },
    },
  },
  notificationTest: {
    post: {
      operationId: 'receiveTestEvent',
      summary: 'A test of your receiver',
      description:
        'Signed like a notification. It concerns no onboarding: verify it, answer 2xx, store nothing.',
      tags: ['notifications'],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: referenceTo(testEventSchema) } } },
      },
      responses: { '204': { description: 'accepted' } },
    },
  },
};
