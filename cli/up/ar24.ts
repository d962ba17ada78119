import { assertPortFree } from '../../devserver/index.ts';
import type { Simulator } from '../../simulator/index.ts';
import { startSimulatorHere, asCommandError } from '../simulator/start.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { Closing } from './closing.ts';
import type { UpPlan } from './options.ts';
import { SIMULATOR_STATE } from './state-files.ts';

/** The AR24 of the worker. */
export interface Ar24 {
  readonly apiUrl: string;
  /** Undefined where AR24_BASE_URL names another one. */
  readonly simulator: Simulator | undefined;
}

const PORT_OPTION = '--simulator-port';

/** @throws PortTakenError, and CommandError where SIMULATOR_HOST is no address of this machine */
export async function checkPortOfAr24(wanted: UpPlan['ar24']): Promise<void> {
  if (wanted.kind === 'other') return;
  const { port, values } = wanted;
  try {
    await assertPortFree(port, 'the AR24 simulator', PORT_OPTION, values.SIMULATOR_HOST);
  } catch (error) {
    throw asCommandError(error);
  }
}

/** @throws CommandError, StateFileError */
export async function startAr24(
  wanted: UpPlan['ar24'],
  closing: Closing,
  note: (line: string) => void,
): Promise<Ar24> {
  if (wanted.kind === 'other') {
    note(`AR24       at ${wanted.url}, as AR24_BASE_URL says`);
    return { apiUrl: wanted.url, simulator: undefined };
  }
  const { port, values, termsMailOnCreation } = wanted;
  const simulator = await startSimulatorHere(
    {
      port,
      host: values.SIMULATOR_HOST,
      token: values.SIMULATOR_TOKEN,
      privateKey: values.SIMULATOR_PRIVATE_KEY,
      stateFile: inStateFolder(SIMULATOR_STATE),
      switches: { termsMailOnCreation },
    },
    PORT_OPTION,
  );
  closing.add(() => simulator.stop());
  note(`AR24       a simulated one, its mailbox at ${simulator.url}/`);
  return { apiUrl: simulator.apiUrl, simulator };
}
