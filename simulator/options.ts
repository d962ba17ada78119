import { z } from 'zod';
import { FaultsSchema } from './settings/faults.ts';
import { SwitchesSchema } from './settings/switches.ts';

export const DEFAULT_PORT = 8424;
/** For local use only. */
export const DEMO_TOKEN = 'demo-token';
/** For local use only. */
export const DEMO_PRIVATE_KEY = 'demo-private-key';

/** The options of a simulator, from the command line or a test. */
export const SimulatorOptionsSchema = z.strictObject({
  /** Default: 8424; 0: any free port. */
  port: z.int().min(0).max(65_535).default(DEFAULT_PORT),
  /** Default: 127.0.0.1. The admin routes require no credentials: use a loopback address or a test network. */
  host: z.string().min(1).default('127.0.0.1'),
  token: z.string().min(1).default(DEMO_TOKEN),
  privateKey: z.string().min(1).default(DEMO_PRIVATE_KEY),
  /** The base address of links in mails, if it differs from the simulator's own address. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Keeps the state across restarts and kills. Without it, the state is in memory. */
  stateFile: z.string().min(1).optional(),
  /** Makes faults repeatable. */
  seed: z.int().default(1),
  switches: SwitchesSchema.partial().default({}),
  faults: FaultsSchema.default({}),
  /** A level of pino's; default: `silent`. */
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('silent'),
});

type Settings = z.input<typeof SimulatorOptionsSchema>;

/** Everything is optional. */
export interface SimulatorOptions extends Readonly<Settings> {
  /** The simulator's clock; default: the system clock. */
  readonly now?: () => Date;
}
