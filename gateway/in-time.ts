import { answeredWithin } from '../client/index.ts';

/** The SDK looks at a deadline before each try only, and pauses between two: up to half as long again. */
const WITHIN_MS = 1_200;

/** Whoever calls hears within 2 s that Temporal cannot be used; so all that a request asks of it is bounded. */
export function inTime<T>(use: () => Promise<T>): Promise<T> {
  return answeredWithin(WITHIN_MS, use);
}
