/** The default size of a drill. */
import type { Length } from '../drill.ts';
import type { Script } from '../enact.ts';

export interface Size extends Pick<Script, 'people' | 'backlogMs'> {
  readonly onboardings: number;
  readonly poll: { readonly firstS: number; readonly maxS: number };
}

export const SIZES: Readonly<Record<Length, Size>> = {
  short: {
    onboardings: 8,
    poll: { firstS: 2, maxS: 5 },
    people: { takeMs: { min: 200, max: 2_000 }, readEveryMs: 500 },
    // Temporal notices a worker's lost activity after half a minute.
    backlogMs: 120_000,
  },
  long: {
    onboardings: 1_000,
    poll: { firstS: 5, maxS: 60 },
    people: { takeMs: { min: 500, max: 10_000 }, readEveryMs: 1_000 },
    backlogMs: 15 * 60_000,
  },
};
