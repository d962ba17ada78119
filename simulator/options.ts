import { z } from 'zod';
import { FaultsSchema } from './settings/faults.ts';
import { SwitchesSchema } from './settings/switches.ts';

export const DEFAULT_PORT = 8424;
/** For local use only. */
export const DEMO_TOKEN = 'demo-token';
/** For local use only. */
export const DEMO_PRIVATE_KEY = 'demo-private-key';

/** How a simulator is started, as a command line or a test gives it. */
export const SimulatorOptionsSchema = z.strictObject({
  /** Default 8424; 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(DEFAULT_PORT),
  /** Default 127.0.0.1. The admin routes ask for no credentials: keep it there, or in a test net. */
  host: z.string().min(1).default('127.0.0.1'),
  token: z.string().min(1).default(DEMO_TOKEN),
  privateKey: z.string().min(1).default(DEMO_PRIVATE_KEY),
  /** Where people reach the simulator, for links in mails, if not at its own address. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Keeps the state over restarts and kills. Without: in memory. */
  stateFile: z.string().min(1).optional(),
  /** Makes faults repeatable. */
  seed: z.int().default(1),
  switches: SwitchesSchema.partial().default({}),
  faults: FaultsSchema.default({}),
  /** One of pino's; default `silent`. */
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('silent'),
});

type Settings = z.input<typeof SimulatorOptionsSchema>;

/** Everything is optional. */
export interface SimulatorOptions extends Readonly<Settings> {
  /** The simulator's clock; default: the machine's. */
  readonly now?: () => Date;
}
