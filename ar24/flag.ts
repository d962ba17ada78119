/** Tolerant reading of AR24's 0/1 fields, whose JSON type varies (docs/ar24-api.md 4.2). */
import { z } from 'zod';

/** A yes or a no as AR24 shows it; `unseen` when it does not show it, which is not a no. */
export type Flag = 'yes' | 'no' | 'unseen';

/** Anything outside these spellings is refused rather than guessed at. */
export const FlagSchema = z
  .union([
    z.literal([1, '1', true, 'true']).transform((): Flag => 'yes'),
    z.literal([0, '0', false, 'false']).transform((): Flag => 'no'),
  ])
  .nullish()
  .transform((flag): Flag => flag ?? 'unseen');
