/** Where the partner wants to be told, by ONBOARDING_NOTIFY_*. */
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import type { EnvironmentFault } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';

const { ONBOARDING_NOTIFY_URL } = CLIENT_VARIABLES;
const { ONBOARDING_NOTIFY_SECRETS, ONBOARDING_NOTIFY_ALLOW_PRIVATE } = WORKER_VARIABLES;
export const RECEIVER_VARIABLES = {
  ONBOARDING_NOTIFY_URL,
  ONBOARDING_NOTIFY_SECRETS,
  ONBOARDING_NOTIFY_ALLOW_PRIVATE,
};

/** Adds what each variable by itself does not tell to `faults`, without values. */
export function refuseHalfAReceiver(environment: Environment, faults: EnvironmentFault[]): void {
  const url = ONBOARDING_NOTIFY_URL.schema.safeParse(environment['ONBOARDING_NOTIFY_URL']);
  if (!url.success) return;
  if ((environment['ONBOARDING_NOTIFY_SECRETS'] ?? '').trim() === '') {
    const message = 'is not set: without it nobody can tell your notifications from forged ones';
    faults.push({ name: 'ONBOARDING_NOTIFY_SECRETS', message });
  }
  const allowed = environment['ONBOARDING_NOTIFY_ALLOW_PRIVATE'];
  if (new URL(url.data).protocol === 'http:' && allowed?.trim() !== '1') {
    const message =
      'is not https, so that anybody on the way can read it. Where that is right, set ' +
      'ONBOARDING_NOTIFY_ALLOW_PRIVATE=1';
    faults.push({ name: 'ONBOARDING_NOTIFY_URL', message });
  }
}

/** Undefined where the partner is not told. */
export function receiverOf(
  values: Values<typeof RECEIVER_VARIABLES>,
): ReceiverSettings | undefined {
  const { ONBOARDING_NOTIFY_URL: url, ONBOARDING_NOTIFY_SECRETS: secrets = [] } = values;
  const privateTargets = values.ONBOARDING_NOTIFY_ALLOW_PRIVATE ? 'allowed' : 'refused';
  return url === undefined ? undefined : { url, secrets, privateTargets };
}
