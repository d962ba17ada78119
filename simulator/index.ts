/**
 * A simulated AR24: its sender API over real HTTP, a mailbox for the mails it sends, a ledger of every
 * effect, and faults on request. docs/ar24-api.md documents the API.
 *
 *     const simulator = await startSimulator({ port: 0 });
 *     const holder = simulator.createAccount({ email: 'camille@example.org' });
 *     // ... POST /user/request_access to simulator.apiUrl ...
 *     for (const { id } of simulator.mailbox()) await simulator.follow(id);
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
export { SimulatorPortTakenError, StateFileError } from './errors.ts';
export { FAULT_NAMES, FaultsSchema, type Faults, type Route } from './settings/faults.ts';
export { readAssignment, type Assignment } from './settings/assignment.ts';
export { DEFAULT_SWITCHES, SwitchesSchema, type Switches } from './settings/switches.ts';
export type { Simulator } from './simulator.ts';
export type { SimulatedAccount } from './state/account.ts';
export type { AccountFields } from './state/account.ts';
export type { Ledger, LedgerEntry, WebhookAttempt } from './state/ledger.ts';
export type { MailAction as Action, Mail, MailKind } from './state/mail.ts';
