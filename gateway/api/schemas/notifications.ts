/** Bodies and answers of the routes about notifications. */
import { z } from 'zod';
import { strictly } from '../../../client/schemas/unknown-fields.ts';
import { moment, notificationType as type, reference, status } from './words.ts';

const sequence = z.int().meta({
  description: 'the number of the notification, as in its `data.sequence`',
  example: 1_772_442_000_000,
});

export const redeliveryBody = strictly({
  sequence: z
    .int('a whole number is expected')
    .min(1, '1 is the least')
    .optional()
    .meta({ description: 'of the notification; default: the newest', example: 1_772_442_000_000 }),
}).meta({ id: 'Redelivery' });

const deliverySchema = z
  .object({
    type,
    sequence,
    timestamp: moment('time of the change that it reports'),
    status,
    state: z.enum(['delivering', 'delivered', 'gone', 'given-up', 'replaced']).meta({
      description:
        '`gone`: your receiver answered 410. `given-up`: not accepted within three days. `replaced`: a newer ' +
        'notification took its place, or its delivery began again',
    }),
    beganAt: moment('begin of the first attempt'),
    endedAt: moment('null while it is being delivered').nullable(),
    attempts: z
      .int()
      .nullable()
      .meta({ description: 'attempts so far; null if Temporal did not record them', example: 1 }),
    answer: z.string().nullable().meta({
      description: "your receiver's last answer, or what failed; null if there is none",
      example: 'HTTP 204',
    }),
    nextAttempt: moment('null unless another attempt is due').nullable(),
  })
  .meta({ id: 'NotificationDelivery', description: 'one delivery of one notification' });

export const deliveriesSchema = z
  .object({ reference, deliveries: z.array(deliverySchema).meta({ description: 'newest first' }) })
  .meta({ id: 'NotificationDeliveries', description: 'newest first; 50 at most' });

export const redeliveredSchema = z
  .object({ reference, type, sequence })
  .meta({ id: 'Redelivered', description: 'the notification that is delivered again' });

export const testedSchema = z
  .object({
    kind: z.enum(['answered', 'no-answer', 'not-set-up']).meta({
      description:
        '`no-answer`: your receiver could not be reached, was too slow, or is in a private network. `not-set-up`: the ' +
        'worker has no ONBOARDING_NOTIFY_URL',
    }),
    accepted: z.boolean().meta({ description: 'your receiver answered 2xx' }),
    url: z.string().optional().meta({
      description: 'the address without credentials, path and query, which are secret',
      example: 'https://app.example.com',
    }),
    status: z.int().optional().meta({ description: 'HTTP status of the answer', example: 204 }),
    reason: z
      .string()
      .optional()
      .meta({ description: 'what failed', example: 'cannot be reached (ECONNREFUSED)' }),
    milliseconds: z.int().optional().meta({ description: 'from the call to its end', example: 87 }),
  })
  .meta({ id: 'NotificationTest', description: 'how your receiver answered a test event' });
