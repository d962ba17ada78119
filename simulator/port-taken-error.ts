/** The port is in use by another program. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(port: number) {
    super(
      `Port ${port}, meant for the AR24 simulator, is taken by another program. ` +
        'Stop that program, or choose another port with --port or SIMULATOR_PORT.',
    );
    this.port = port;
  }
}
