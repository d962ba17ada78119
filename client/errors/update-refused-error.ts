/** The onboarding exists, but cannot take this message now. `reason` says why and what to do. */
export class UpdateRefusedError extends Error {
  override readonly name = 'UpdateRefusedError';
  readonly reference: string;
  readonly reason: string;

  constructor(reference: string, reason: string) {
    super(reason);
    this.reference = reference;
    this.reason = reason;
  }
}
