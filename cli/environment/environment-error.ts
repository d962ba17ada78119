export interface EnvironmentFault {
  readonly name: string;
  /** Never holds the value. */
  readonly message: string;
}

/** Variables of the environment are missing or invalid. The message lists all of them. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly faults: readonly EnvironmentFault[];

  constructor(faults: readonly EnvironmentFault[]) {
    const lines = faults.map(({ name, message }) => `  ${name} ${message}`);
    super(['the environment is not set up:', ...lines].join('\n'));
    this.faults = faults;
  }
}
