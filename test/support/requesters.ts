/**
 * The time-skipping server has no search, so a test sets what the search for other requesters
 * finds.
 */
import type { RequesterActivities } from '../../activities/index.ts';

/** `fails`: Temporal's search is unavailable. */
export type OtherRequesters = 'none' | 'some' | 'fails';

export function otherRequesters(others: OtherRequesters = 'none'): RequesterActivities {
  return {
    findOtherRequesters: () =>
      others === 'fails'
        ? Promise.reject(new Error('Temporal’s search is unavailable'))
        : Promise.resolve({ found: others === 'some' }),
  };
}
