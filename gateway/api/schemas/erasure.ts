import { z } from 'zod';

const moment = z.iso.datetime();

export const receiptSchema = z
  .object({
    reference: z.string(),
    by: z.string().meta({ description: 'who asked for it: the name of the key, of the source, …' }),
    requestedAt: moment,
    erasedAt: moment,
    onboardingRuns: z.int().meta({ description: 'histories of onboardings that were deleted' }),
    notificationRuns: z
      .int()
      .meta({ description: 'histories of what told you of them that were deleted' }),
  })
  .meta({ id: 'ErasureReceipt', description: 'all that is left of the sender here' });
