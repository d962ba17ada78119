/** Temporal could not be reached, did not answer in time, or did not let us in. */
export class TemporalUnavailableError extends Error {
  override readonly name = 'TemporalUnavailableError';

  constructor(why: string, cause?: unknown) {
    super(`Temporal cannot be used: ${why}`, { cause });
  }
}
