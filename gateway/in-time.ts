import { answeredWithin, TemporalUnavailableError } from '../client/index.ts';
import { keptTrackOf } from './under-way.ts';
import { within } from './within.ts';

/** By then the last try of a call begins. */
const WITHIN_MS = 1_200;
/** So much longer a call may take that the SDK is about to try again. */
const LEEWAY = 1.5;

/**
 * Whoever calls hears within 2 s that Temporal cannot be used; so all that a request asks of it is bounded.
 *
 * @throws TemporalUnavailableError, or what `use` throws
 */
export function inTime<T>(use: () => Promise<T>, withinMs = WITHIN_MS): Promise<T> {
  return within(withinMs * LEEWAY, keptTrackOf(answeredWithin(withinMs, use)), () => {
    throw new TemporalUnavailableError(`no answer within ${withinMs / 1_000} s`);
  });
}
