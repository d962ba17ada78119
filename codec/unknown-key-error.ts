/** Something was encrypted with a key that this process does not have. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
  readonly keyId: string;

  constructor(keyId: string) {
    super(
      `encrypted with the key ${keyId}, which is not among ONBOARDING_ENCRYPTION_KEYS here: what needs ` +
        'it waits until it is',
    );
    this.keyId = keyId;
  }
}
