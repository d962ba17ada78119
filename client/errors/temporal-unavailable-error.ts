/** Temporal could not be reached, did not answer in time, did not let us in, or is not set up for us. */
export class TemporalUnavailableError extends Error {
  override readonly name = 'TemporalUnavailableError';

  constructor(why: string, cause?: unknown) {
    super(`Temporal cannot be used: ${why}`, { cause });
  }
}
