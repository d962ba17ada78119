import { z } from 'zod';

const moment = z.iso.datetime();

export const receiptSchema = z
  .object({
    reference: z.string(),
    by: z.string().meta({ description: 'who asked for it: the name of the key, of the source, …' }),
    requestedAt: moment,
    alsoAsked: z
      .array(z.object({ by: z.string(), at: moment }))
      .optional()
      .meta({ description: 'who else asked meanwhile or afterwards, each for the first time' }),
    erasedAt: moment,
    onboardingRuns: z.int().meta({ description: 'histories of onboardings that were deleted' }),
    notificationRuns: z
      .int()
      .meta({ description: 'histories of what told you of them that were deleted' }),
  })
  .meta({ id: 'ErasureReceipt', description: 'all that is left of the sender here' });
