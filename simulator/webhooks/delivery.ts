import { z } from 'zod';
import { WEBHOOK_STATES } from './states.ts';

export const DeliverySchema = z.strictObject({
  id: z.string(),
  accountId: z.string(),
  state: z.enum(WEBHOOK_STATES),
  /** Name and value of each field to be sent, as they were when it happened. */
  fields: z.record(z.string(), z.string()),
  /** Attempts made. */
  attempts: z.int(),
  /** When the next attempt is due, ISO 8601. */
  dueAt: z.iso.datetime(),
});

/** A webhook that still has to reach the partner. */
export type Delivery = Readonly<z.infer<typeof DeliverySchema>>;
