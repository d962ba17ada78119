/** One thing that is wrong with a request. Never holds the value at fault. */
export interface RequestFault {
  /** Such as `registration.zipcode`; empty for the request as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The request cannot be meant like this; nothing was sent. Lists every fault at once. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly faults: readonly RequestFault[];

  constructor(faults: readonly RequestFault[]) {
    super(faults.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('\n'));
    this.faults = faults;
  }
}
