import { port, whole, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

/** What lies on this machine. */
export const STATE_VARIABLES = {
  ONBOARDING_STATE_DIR: {
    meaning: 'where `onboard up` keeps its state, keys and logs',
    default: '.onboarding',
    neededBy: ['up', 'commands'],
    schema: words,
  },
} as const satisfies Variables;

/** How long Temporal keeps what has ended. */
export const RETENTION_VARIABLES = {
  ONBOARDING_RETENTION_DAYS: {
    meaning:
      'days that Temporal keeps what has ended: set by `onboard up` at its own Temporal, and by the ' +
      'containers; `onboard doctor` holds any other against it',
    default: '30',
    neededBy: ['up', 'commands'],
    schema: whole(1, 3_650),
  },
} as const satisfies Variables;

const neededBy = ['simulator', 'up'] as const;

/** The same as the options of `onboard simulator`, which come first. */
export const SIMULATOR_VARIABLES = {
  SIMULATOR_PORT: {
    meaning: "the simulator's port",
    default: '8424',
    neededBy,
    schema: port,
  },
  SIMULATOR_HOST: {
    meaning: 'address on which it listens; whoever reaches it can read its mailbox',
    default: '127.0.0.1',
    neededBy,
    schema: words,
  },
  SIMULATOR_TOKEN: {
    meaning: 'the token that it accepts',
    default: 'demo-token',
    neededBy,
    schema: words,
  },
  SIMULATOR_PRIVATE_KEY: {
    meaning: 'the key with which calls to it are signed',
    default: 'demo-private-key',
    neededBy,
    schema: words,
  },
  SIMULATOR_STATE_FILE: {
    meaning: 'file that keeps its state; not set: in memory',
    default: null,
    neededBy: ['simulator'],
    schema: words,
  },
} as const satisfies Variables;
