/** The settings of a worker, read once: all faults are reported together. */
import type { ActivitySettings } from '../../activities/index.ts';
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import { Ar24Client, type Ar24ClientOptions } from '../../ar24/index.ts';
import type { Policy } from '../../workflows/contract/policy.ts';
import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { encryptionOf, type Encryption } from '../environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { POLICY_VARIABLES } from '../environment/policy-variables.ts';
import { policyOf } from '../environment/policy.ts';
import {
  faultsInto,
  readEnvironmentInto,
  type Environment,
} from '../environment/read-environment.ts';
import { isSet } from '../environment/secret-files.ts';
import { TRACING_VARIABLES } from '../environment/tracing-variables.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import type { WorkerVersion } from '../../worker/index.ts';

const OTHER_VARIABLES = { ...AR24_VARIABLES, ...WORKER_VARIABLES, ...TRACING_VARIABLES };
type OtherValues = Values<typeof OTHER_VARIABLES>;
type WorkerValues = OtherValues & Values<typeof POLICY_VARIABLES>;

export interface WorkerSettings {
  readonly values: WorkerValues;
  readonly ar24: Ar24Client;
  readonly encryption: Encryption;
  readonly activities: ActivitySettings;
  readonly policy: Policy;
  /** Undefined where the partner is not notified. */
  readonly notify: ReceiverSettings | undefined;
  /** Undefined where the worker has no version. */
  readonly version: WorkerVersion | undefined;
}

/** Undefined where a value is missing or invalid. All faults are added to `faults`. */
export function workerSettings(
  environment: Environment,
  faults: EnvironmentFault[],
): WorkerSettings | undefined {
  const encryption = encryptionOf(environment, faults);
  validateReceiver(environment, faults);
  validateVersion(environment, faults);
  const ofPolicy = readEnvironmentInto(faults, POLICY_VARIABLES, environment);
  const others = readEnvironmentInto(faults, OTHER_VARIABLES, environment);
  const policy = ofPolicy && faultsInto(faults, () => policyOf(ofPolicy));
  const ar24 = others && faultsInto(faults, () => ar24ClientOf(others));
  if (!encryption || !ofPolicy || !others || !policy || !ar24) return undefined;
  const values = { ...ofPolicy, ...others };
  const [activities, notify] = [activitySettingsOf(values), receiverOf(values)];
  const version = versionOf(values);
  return { values, ar24, encryption, activities, policy, notify, version };
}

function ar24ClientOf(values: OtherValues): Ar24Client {
  try {
    return new Ar24Client(ar24OptionsOf(values));
  } catch (error) {
    // The client's messages on its options hold no value.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new EnvironmentError([{ name: 'AR24_*', message: `are invalid: ${error.message}` }]);
  }
}

/** The client's options, from AR24_*. */
export function ar24OptionsOf(values: Values<typeof AR24_VARIABLES>): Ar24ClientOptions {
  return {
    baseUrl: values.AR24_BASE_URL,
    token: values.AR24_TOKEN,
    privateKey: values.AR24_PRIVATE_KEY,
    timeoutMs: values.AR24_TIMEOUT_MS,
    dateAheadS: values.AR24_DATE_AHEAD_S,
    dateShare: values.AR24_DATE_SHARE,
    noAccountSlugs: values.AR24_NO_ACCOUNT_SLUGS,
    paymentLinkFields: values.AR24_PAYMENT_LINK_FIELDS,
    emailCase: values.AR24_EMAIL_CASE,
  };
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

/** Adds faults of the variables together to `faults`, without values. */
function validateReceiver(environment: Environment, faults: EnvironmentFault[]): void {
  const { ONBOARDING_NOTIFY_URL } = POLICY_VARIABLES;
  // Another check reports its own faults.
  const url = readEnvironmentInto(
    [],
    { ONBOARDING_NOTIFY_URL },
    environment,
  )?.ONBOARDING_NOTIFY_URL;
  if (url === undefined) return;
  if (!isSet(environment, 'ONBOARDING_NOTIFY_SECRETS')) {
    const message = 'is not set: without it your server cannot detect forged notifications';
    faults.push({ name: 'ONBOARDING_NOTIFY_SECRETS', message });
  }
  const allowed = environment['ONBOARDING_NOTIFY_ALLOW_PRIVATE'];
  if (new URL(url).protocol === 'http:' && allowed?.trim() !== '1') {
    const message =
      'is not https, so that notifications can be read on the way. If that is acceptable, set ' +
      'ONBOARDING_NOTIFY_ALLOW_PRIVATE=1';
    faults.push({ name: 'ONBOARDING_NOTIFY_URL', message });
  }
}

/** Undefined where the partner is not notified. */
function receiverOf(
  values: Pick<
    WorkerValues,
    'ONBOARDING_NOTIFY_URL' | 'ONBOARDING_NOTIFY_SECRETS' | 'ONBOARDING_NOTIFY_ALLOW_PRIVATE'
  >,
): ReceiverSettings | undefined {
  const { ONBOARDING_NOTIFY_URL: url, ONBOARDING_NOTIFY_SECRETS: secrets = [] } = values;
  const privateTargets = values.ONBOARDING_NOTIFY_ALLOW_PRIVATE ? 'allowed' : 'refused';
  return url === undefined ? undefined : { url, secrets, privateTargets };
}

/** Adds faults of the variables together to `faults`. */
function validateVersion(environment: Environment, faults: EnvironmentFault[]): void {
  const isSet = (name: string): boolean => (environment[name] ?? '').trim() !== '';
  const pair = ['TEMPORAL_DEPLOYMENT_NAME', 'TEMPORAL_WORKER_BUILD_ID'] as const;
  const missing = pair.filter((name) => !isSet(name));
  const behavior = environment['TEMPORAL_VERSIONING_BEHAVIOR']?.trim();
  if (missing.length === pair.length && behavior !== 'pinned') return;
  const because = missing.length === pair.length ? 'TEMPORAL_VERSIONING_BEHAVIOR is pinned' : '';
  for (const name of missing) {
    const other = pair.find((one) => one !== name) ?? '';
    const why = because === '' ? `${other} is set` : because;
    faults.push({ name, message: `is not set, although ${why}: a version has a name and a build` });
  }
}

/** Undefined where the worker has no version. */
function versionOf(values: WorkerValues): WorkerVersion | undefined {
  const {
    TEMPORAL_DEPLOYMENT_NAME: deploymentName,
    TEMPORAL_WORKER_BUILD_ID: buildId,
    TEMPORAL_VERSIONING_BEHAVIOR: behavior,
  } = values;
  if (deploymentName === undefined || buildId === undefined) return undefined;
  return { deploymentName, buildId, behavior };
}
