/**
 * The code of a system error, such as `ENOENT`. Without `instanceof`: in a test runner, Node's errors are
 * instances of another realm's Error.
 */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Another program uses the port. */
export class SimulatorPortTakenError extends Error {
  override readonly name = 'SimulatorPortTakenError';
  readonly port: number;

  constructor(port: number) {
    super(
      `Port ${port}, meant for the AR24 simulator, is taken by another program. ` +
        'Stop that program, or choose another port with --port or SIMULATOR_PORT.',
    );
    this.port = port;
  }
}

/** The state file cannot be used. The message names the file and says what to do. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}
