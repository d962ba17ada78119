/** What each process of a stage is told. */
import { AR24_KEYS, GATEWAY_KEYS, SHARED_KEYS } from './keys.ts';
import type { StageOptions, TemporalAt } from './options.ts';

export interface Ports {
  readonly simulator: number;
  readonly gateway: number;
  readonly health: number;
}

type Environment = Readonly<Record<string, string>>;

/** Nothing of the rest that it may have. */
const OURS = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', TZ: 'UTC' };
/** Not to be what holds the drill up. */
const ENOUGH = '10000';

/** What all have. */
export function commonEnvironment({ address, namespace }: TemporalAt, folder: string): Environment {
  return {
    ...OURS,
    ...SHARED_KEYS,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ONBOARDING_STATE_DIR: folder,
  };
}

export function workerEnvironment(
  { ar24TimeoutMs = 10_000, maxCachedWorkflows }: StageOptions,
  ports: Ports,
): Environment {
  return {
    ...AR24_KEYS,
    AR24_BASE_URL: `http://127.0.0.1:${ports.simulator}/api/`,
    AR24_TIMEOUT_MS: String(ar24TimeoutMs),
    AR24_MAX_CALLS_PER_SECOND: '500',
    ONBOARDING_HEALTH_PORT: String(ports.health),
    ...(maxCachedWorkflows !== undefined && {
      ONBOARDING_MAX_CACHED_WORKFLOWS: String(maxCachedWorkflows),
    }),
  };
}

/** Days become seconds, where the drill would otherwise take them. */
export function gatewayEnvironment({ poll }: StageOptions, ports: Ports): Environment {
  return {
    ...GATEWAY_KEYS,
    ONBOARDING_GATEWAY_PORT: String(ports.gateway),
    ONBOARDING_CALLS_PER_KEY_AND_SECOND: ENOUGH,
    ONBOARDING_MAILS_PER_ADDRESS_AND_DAY: '1000',
    ONBOARDING_POLL_FIRST_S: String(poll.firstS),
    ONBOARDING_POLL_MAX_S: String(poll.maxS),
    ONBOARDING_REPAIR_FIRST_S: '5',
    ONBOARDING_REPAIR_MAX_S: '20',
    // At any hour, should one be due.
    ONBOARDING_REMINDER_HOURS: '0-24',
  };
}
