/** A simulated AR24 for each test. */
import { afterEach } from '@jest/globals';
import { Ar24Client, type Ar24ClientOptions, type NewUser } from '../../ar24/index.ts';
import {
  type Action,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/index.ts';

export const EMAIL = 'Zoé.dupré+ar24@exemple.fr';
export const PERSON: NewUser = {
  firstname: 'Zoé',
  lastname: 'Dupré',
  email: EMAIL,
  gender: 'F',
  statut: 'particulier',
  address1: '1 rue de la Gaîté & fils',
  zipcode: '75014',
  city: 'Paris',
  country: 'FR',
  custom_ref: 'ref-1',
};

const running: Simulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

/** Starts a simulator, and makes a client of it. The simulator is stopped after the test. */
export async function start(
  options: SimulatorOptions = {},
  clientOptions: Partial<Ar24ClientOptions> = {},
): Promise<{ readonly simulator: Simulator; readonly client: Ar24Client }> {
  const simulator = await startSimulator({ port: 0, ...options });
  running.push(simulator);
  const { apiUrl: baseUrl, token, privateKey } = simulator;
  return { simulator, client: new Ar24Client({ baseUrl, token, privateKey, ...clientOptions }) };
}

/** Opens the link of the newest mail of that kind, as its reader would. */
export async function follow(simulator: Simulator, kind: string, action: Action): Promise<void> {
  const link = simulator.mailbox().find((mail) => mail.kind === kind)?.links[action];
  if (link === undefined) throw new Error(`no link to ${action} in a mail of the kind ${kind}`);
  await simulator.follow(link);
}
