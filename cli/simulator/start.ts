import {
  SimulatorPortTakenError,
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator/index.ts';
import { CommandError } from '../failure.ts';

/** System errors about an address to listen on, or about the state file. */
const REASONS = new Map([
  ['EACCES', 'this user has no permission'],
  ['EADDRNOTAVAIL', 'this machine does not have that address'],
  ['ENOTFOUND', 'the host name is unknown'],
  ['EISDIR', 'the path is a folder'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EROFS', 'the file system is read-only'],
]);

/**
 * Starts the simulator.
 *
 * @param portOption the name of the option that sets its port
 * @throws CommandError where the port or the state file cannot be used
 */
export async function startSimulatorHere(
  options: SimulatorOptions,
  portOption: string,
): Promise<Simulator> {
  try {
    return await startSimulator(options);
  } catch (error) {
    if (error instanceof SimulatorPortTakenError) {
      throw new CommandError(
        `port ${error.port}, for the AR24 simulator, is taken by another program. ` +
          `Stop that program, or choose another port with ${portOption}.`,
      );
    }
    throw asCommandError(error);
  }
}

/** A system error as a CommandError with its reason; other errors unchanged. */
export function asCommandError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why = typeof code === 'string' ? REASONS.get(code) : undefined;
  if (why === undefined || !(error instanceof Error)) return error;
  return new CommandError(`the simulator cannot be started: ${why} (${error.message})`);
}
