/** No onboarding with this reference was ever started, or Temporal has forgotten it by now. */
export class OnboardingNotFoundError extends Error {
  override readonly name = 'OnboardingNotFoundError';
  readonly reference: string;

  constructor(reference: string) {
    super(`no onboarding with the reference ${reference}`);
    this.reference = reference;
  }
}
