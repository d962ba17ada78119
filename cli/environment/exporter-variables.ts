import { listenAddress } from './value-schemas.ts';
import type { Variables } from './variable.ts';

/** `onboard exporter`. */
export const EXPORTER_VARIABLES = {
  ONBOARDING_EXPORTER_ADDRESS: {
    meaning:
      'address on which Prometheus reads the counts of all onboardings, such as `0.0.0.0:9466`; `GET /live` and `GET /ready` are there too; port 0: any free port',
    default: '127.0.0.1:9466',
    neededBy: ['exporter'],
    schema: listenAddress,
  },
} as const satisfies Variables;
