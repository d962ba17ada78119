/** All that a worker is told, read once: what is wrong is told together. */
import type { ActivitySettings } from '../../activities/index.ts';
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import { Ar24Client } from '../../ar24/index.ts';
import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { encryptionOf, type Encryption } from '../environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import { RECEIVER_VARIABLES, receiverOf, refuseHalfAReceiver } from './receiver.ts';

const VARIABLES = { ...AR24_VARIABLES, ...WORKER_VARIABLES, ...RECEIVER_VARIABLES };
type WorkerValues = Values<typeof VARIABLES>;

export interface WorkerSettings {
  readonly values: WorkerValues;
  readonly ar24: Ar24Client;
  readonly encryption: Encryption;
  readonly activities: ActivitySettings;
  /** Undefined where the partner is not told. */
  readonly notify: ReceiverSettings | undefined;
}

/** Undefined where a value is missing or makes no sense. All that is wrong is added to `faults`. */
export function workerSettings(
  environment: Environment,
  faults: EnvironmentFault[],
): WorkerSettings | undefined {
  const encryption = encryptionOf(environment, faults);
  refuseHalfAReceiver(environment, faults);
  try {
    const values = readEnvironment(VARIABLES, environment);
    const [ar24, activities] = [ar24ClientOf(values), activitySettingsOf(values)];
    if (encryption === undefined) return undefined;
    return { values, ar24, encryption, activities, notify: receiverOf(values) };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

function ar24ClientOf(values: WorkerValues): Ar24Client {
  try {
    return new Ar24Client({
      baseUrl: values.AR24_BASE_URL,
      token: values.AR24_TOKEN,
      privateKey: values.AR24_PRIVATE_KEY,
      timeoutMs: values.AR24_TIMEOUT_MS,
      dateAheadS: values.AR24_DATE_AHEAD_S,
      noAccountSlugs: values.AR24_NO_ACCOUNT_SLUGS,
      paymentLinkFields: values.AR24_PAYMENT_LINK_FIELDS,
    });
  } catch (error) {
    // Its words on its options hold no value.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new EnvironmentError([{ name: 'AR24_*', message: `make no sense: ${error.message}` }]);
  }
}

function activitySettingsOf(values: WorkerValues): ActivitySettings {
  return {
    termsProof: values.ONBOARDING_TERMS_PROOF,
    termsMail: values.ONBOARDING_TERMS_MAIL,
    preAcceptTerms: values.ONBOARDING_PREACCEPTED_TERMS,
    preConfirmEmail: values.ONBOARDING_PRECONFIRMED_EMAIL,
    paymentRequest: values.ONBOARDING_PAYMENT_REQUEST,
  };
}
