/** What the partner's own server receives (ONBOARDING_NOTIFY_URL), in the words of the document. */
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { NOTIFICATION_TYPES } from '../../workflows/contract/notification.ts';
import { notifiedSchema } from '../api/schemas/view.ts';

/** In zod's registry by its id, and so among the document's components. */
export const notificationSchema = z
  .object({
    type: z.enum(NOTIFICATION_TYPES),
    timestamp: z.iso.datetime().meta({ description: 'when it came to stand so' }),
    data: z.object({
      sequence: z
        .int()
        .meta({ description: 'grows with each change of a reference: drop what is older' }),
      onboarding: notifiedSchema,
    }),
  })
  .meta({ id: 'Notification' });

const REFERENCE = `#/components/schemas/${String(notificationSchema.meta()?.id)}`;

export const NOTIFICATIONS: Record<string, OpenAPIV3_1.PathItemObject> = {
  notification: {
    post: {
      operationId: 'receiveNotification',
      summary: 'An onboarding has changed, or the person should be reminded',
      description:
        'Signed by Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`); repeated for ' +
        '3 days until it is answered 2xx, or a newer one takes its place. 410 drops what waits for this ' +
        'reference; its next change is tried again. A run that fails or is terminated in Temporal ' +
        '(`failed`) can tell nothing any more: look for those by `GET /onboardings?status=failed`.',
      tags: ['notifications'],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: REFERENCE } },
        },
      },
      responses: {
        '204': { description: 'taken' },
        '410': { description: 'nothing of what waits for this reference, please' },
      },
    },
  },
};
