/** The environment variables of the processes of a stage. */
import { AR24_KEYS, GATEWAY_KEYS, NOTIFY_SECRET, SHARED_KEYS } from './keys.ts';
import type { StageOptions, TemporalAt } from './options.ts';

export interface Ports {
  readonly simulator: number;
  readonly gateway: number;
  readonly health: number;
}

type Environment = Readonly<Record<string, string>>;

/** Nothing else is inherited from this process. */
const OURS = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', TZ: 'UTC' };
/** So high that the limit does not slow the drill down. */
const ENOUGH = '10000';

/** The variables of all processes. */
export function commonEnvironment({ address, namespace }: TemporalAt, folder: string): Environment {
  return {
    ...OURS,
    ...SHARED_KEYS,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ONBOARDING_STATE_DIR: folder,
  };
}

/** Times that are days or hours in production are seconds here. */
export function workerEnvironment(
  {
    poll,
    ar24TimeoutMs = 10_000,
    callsPerSecond = 500,
    maxCachedWorkflows,
    notifyUrl,
  }: Pick<
    StageOptions,
    'poll' | 'ar24TimeoutMs' | 'callsPerSecond' | 'maxCachedWorkflows' | 'notifyUrl'
  >,
  ports: Ports,
): Environment {
  return {
    ...AR24_KEYS,
    AR24_BASE_URL: `http://127.0.0.1:${ports.simulator}/api/`,
    AR24_TIMEOUT_MS: String(ar24TimeoutMs),
    AR24_MAX_CALLS_PER_SECOND: String(callsPerSecond),
    // As the simulator is set: the worker requests the terms, which is one more call that can fail.
    ONBOARDING_TERMS_MAIL: 'request',
    ONBOARDING_HEALTH_PORT: String(ports.health),
    ONBOARDING_POLL_FIRST_S: String(poll.firstS),
    ONBOARDING_POLL_MAX_S: String(poll.maxS),
    ONBOARDING_REPAIR_FIRST_S: '5',
    ONBOARDING_REPAIR_MAX_S: '20',
    // Reminders are sent at any hour.
    ONBOARDING_REMINDER_HOURS: '0-24',
    ...(maxCachedWorkflows !== undefined && {
      ONBOARDING_MAX_CACHED_WORKFLOWS: String(maxCachedWorkflows),
    }),
    ...(notifyUrl !== undefined && {
      ONBOARDING_NOTIFY_URL: notifyUrl,
      ONBOARDING_NOTIFY_SECRETS: NOTIFY_SECRET,
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
    }),
  };
}

export function gatewayEnvironment(ports: Ports): Environment {
  return {
    ...GATEWAY_KEYS,
    ONBOARDING_GATEWAY_PORT: String(ports.gateway),
    ONBOARDING_GATEWAY_SHUTDOWN_GRACE_S: '0',
    ONBOARDING_CALLS_PER_KEY_AND_SECOND: ENOUGH,
    ONBOARDING_MAILS_PER_ADDRESS_AND_DAY: '1000',
  };
}
