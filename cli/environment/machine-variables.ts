import { port, whole, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

/** Files on this machine. */
export const STATE_VARIABLES = {
  ONBOARDING_STATE_DIR: {
    meaning: 'folder in which `npm start` keeps its state, keys and logs',
    default: '.onboarding',
    neededBy: ['up', 'commands'],
    schema: words,
  },
} as const satisfies Variables;

/** How long Temporal keeps ended onboardings. */
export const RETENTION_VARIABLES = {
  ONBOARDING_RETENTION_DAYS: {
    meaning:
      'days for which Temporal keeps ended onboardings. `npm start` and the containers set it at their Temporal; `onboard doctor` compares it with that of any other',
    default: '30',
    neededBy: ['up', 'commands'],
    schema: whole(1, 3_650),
  },
} as const satisfies Variables;

const neededBy = ['simulator', 'up'] as const;

/** The same as the options of `onboard simulator`, which override them. */
export const SIMULATOR_VARIABLES = {
  SIMULATOR_PORT: {
    meaning: 'port of the simulator; 0: any free port',
    default: '8424',
    neededBy,
    schema: port,
  },
  SIMULATOR_HOST: {
    meaning:
      'address on which the simulator listens; everybody who reaches it can read its mailbox',
    default: '127.0.0.1',
    neededBy,
    schema: words,
  },
  SIMULATOR_TOKEN: {
    meaning: 'token that the simulator accepts',
    default: 'demo-token',
    neededBy,
    schema: words,
  },
  SIMULATOR_PRIVATE_KEY: {
    meaning: 'key with which calls to the simulator are signed',
    default: 'demo-private-key',
    neededBy,
    schema: words,
  },
  SIMULATOR_STATE_FILE: {
    meaning: 'file in which the simulator keeps its state; not set: in memory',
    default: null,
    neededBy: ['simulator'],
    schema: words,
  },
} as const satisfies Variables;
