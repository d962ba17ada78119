import {
  PortTakenError,
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator/index.ts';
import { CommandError } from '../failure.ts';

/** What the system answers where an address cannot be listened on, or a file not used. */
const SYSTEM = new Map([
  ['EACCES', 'this user may not'],
  ['EADDRNOTAVAIL', 'this machine does not have that address'],
  ['ENOTFOUND', 'nobody knows that name'],
  ['EISDIR', 'that is a folder'],
  ['ENOTDIR', 'a file is in the way'],
  ['EROFS', 'nothing can be written there'],
]);

/**
 * Starts the simulator, with failures that a person can mend told as such.
 *
 * @param portOption what sets its port here
 */
export async function startSimulatorHere(
  options: SimulatorOptions,
  portOption: string,
): Promise<Simulator> {
  try {
    return await startSimulator(options);
  } catch (error) {
    if (error instanceof PortTakenError) {
      throw new CommandError(
        `port ${error.port}, meant for the AR24 simulator, is taken by another program. ` +
          `Stop that program, or choose another port with ${portOption}.`,
      );
    }
    throw toldSystemError(error);
  }
}

/** What the system refuses the simulator, as a person can mend it; anything else as it is. */
export function toldSystemError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why = typeof code === 'string' ? SYSTEM.get(code) : undefined;
  if (why === undefined || !(error instanceof Error)) return error;
  return new CommandError(`the simulator cannot be started so: ${why} (${error.message})`);
}
