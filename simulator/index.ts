/**
 * An AR24 that runs here: AR24's sender API over real HTTP, with a mailbox for the people it writes
 * to, a ledger of every effect, and faults on request. What it knows of AR24 is in docs/ar24-api.md.
 *
 *     const simulator = await startSimulator({ port: 0 });
 *     const holder = simulator.createAccount({ email: 'camille@example.org' });
 *     // ... POST /user/request_access to simulator.apiUrl ...
 *     const [mail] = simulator.mailbox();
 *     await simulator.follow(mail.links.accept);
 *     simulator.setFaults({ loseAnswer: { count: 1, routes: ['POST /user'] } });
 *     await simulator.stop();
 *
 * For tests and demonstrations: the admin routes and the mailbox ask for no credentials.
 */
export { startSimulator } from './start.ts';
export {
  DEFAULT_PORT,
  DEMO_PRIVATE_KEY,
  DEMO_TOKEN,
  SimulatorOptionsSchema,
  type SimulatorOptions,
} from './options.ts';
export { PortTakenError } from './port-taken-error.ts';
export { StateFileError } from './state/state-file-error.ts';
export { FAULT_NAMES, FaultsSchema, type Faults } from './settings/faults.ts';
export { readAssignment, type Assignment } from './settings/assignment.ts';
export { DEFAULT_SWITCHES, SwitchesSchema, type Switches } from './settings/switches.ts';
export type { Route } from './settings/routes.ts';
export type { Simulator, SimulatedAccount } from './simulator.ts';
export type { AccountFields } from './state/account.ts';
export type { Ledger, LedgerEntry, WebhookAttempt } from './state/ledger.ts';
export type { Action, Mail, MailKind } from './state/mail.ts';
