/**
 * Temporal was reached, but no worker answered in time, or its code failed each time. The message may still be delivered when a
 * worker starts, so look at the onboarding before repeating it.
 */
export class NoWorkerError extends Error {
  override readonly name = 'NoWorkerError';
  readonly reference: string;

  constructor(reference: string, waitedMs: number) {
    super(
      `no worker answered for ${reference} within ${Math.round(waitedMs / 1000)} s; ` +
        'the message may still be delivered when one starts',
    );
    this.reference = reference;
  }
}
