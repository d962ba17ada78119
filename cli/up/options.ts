/** The plan of `onboard up`, from options and environment, checked before anything is started. */
import { CODEC_VARIABLES } from '../environment/codec-variables.ts';
import { environmentFaults } from '../environment/all-faults.ts';
import { withKeys } from '../environment/encryption.ts';
import { EnvironmentError } from '../environment/environment-error.ts';
import { GATEWAY_VARIABLES } from '../environment/gateway-variables.ts';
import { RETENTION_VARIABLES, SIMULATOR_VARIABLES } from '../environment/machine-variables.ts';
import { AT_THE_SIMULATOR } from '../environment/policy.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import { withDefaults, withValues } from '../environment/secret-files.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import { CommandError } from '../failure.ts';
import { temporalServer, type TemporalServer } from '../worker/place.ts';
import { workerSettings, type WorkerSettings } from '../worker/settings.ts';

export interface UpCommandOptions {
  readonly temporalPort?: number;
  readonly uiPort?: number;
  readonly simulatorPort?: number;
  readonly gatewayPort?: number;
  readonly codecPort?: number;
  readonly reset?: boolean;
  readonly json?: boolean;
}

const TEMPORAL_PORT = 7233;
const UI_PORT = 8233;

const { ONBOARDING_GATEWAY_PORT, ONBOARDING_GATEWAY_HOST } = GATEWAY_VARIABLES;
const { ONBOARDING_CODEC_PORT } = CODEC_VARIABLES;
const { ONBOARDING_TERMS_MAIL } = WORKER_VARIABLES;
const LISTENING = { ONBOARDING_GATEWAY_PORT, ONBOARDING_GATEWAY_HOST, ONBOARDING_CODEC_PORT };

/** Which parts are started here, and which belong to others. */
export interface UpPlan {
  readonly temporal:
    | {
        readonly kind: 'own';
        readonly port: number;
        readonly uiPort: number;
        /** How long it keeps ended onboardings. */
        readonly retentionDays: number;
      }
    | { readonly kind: 'other'; readonly server: TemporalServer };
  readonly ar24:
    | {
        readonly kind: 'simulator';
        readonly port: number;
        readonly values: SimulatorValues;
        /** As the worker expects (ONBOARDING_TERMS_MAIL), so that nobody gets two mails. */
        readonly termsMailOnCreation: boolean;
      }
    | { readonly kind: 'other'; readonly url: string };
  readonly gateway: {
    readonly port: number;
    readonly host: string;
    /** Its other settings; the one-machine mode adds the keys that are missing. */
    readonly environment: Environment;
  };
  readonly codec: {
    readonly port: number;
    /** Its other settings. */
    readonly environment: Environment;
  };
  /** What to do with earlier state. */
  readonly before: 'go-on' | 'delete';
  /**
   * The worker's settings, once the address of AR24's API is known.
   * @param ownKeys the stored encryption keys, where the environment names none
   */
  readonly workerWith: (apiUrl: string, ownKeys: string | undefined) => WorkerSettings;
}

type SimulatorValues = Values<typeof SIMULATOR_VARIABLES>;

/** @throws EnvironmentError with all that is wrong, CommandError */
export function planUp(given: UpCommandOptions, environment: Environment): UpPlan {
  refuseWindows();
  const url = environment['AR24_BASE_URL']?.trim() ?? '';
  const faults = [...environmentFaults(environment, url === '' ? 'simulator' : 'to be set')];
  if (faults.length > 0) throw new EnvironmentError(faults);
  const server = temporalServer(faults, environment);
  const values = readEnvironmentInto(faults, SIMULATOR_VARIABLES, environment);
  const listening = readEnvironmentInto(faults, LISTENING, environment);
  const retention = readEnvironmentInto(faults, RETENTION_VARIABLES, environment);
  const terms = readEnvironmentInto(faults, { ONBOARDING_TERMS_MAIL }, environment);
  if (
    values === undefined ||
    listening === undefined ||
    retention === undefined ||
    terms === undefined
  ) {
    throw new EnvironmentError(faults);
  }
  if (given.reset === true && server !== undefined) {
    throw new CommandError(
      `--reset deletes the state of this folder, but Temporal is another one (${server.connection.address})`,
    );
  }
  const { temporalPort = TEMPORAL_PORT, uiPort = UI_PORT } = given;
  const { simulatorPort = values.SIMULATOR_PORT } = given;
  return {
    temporal:
      server === undefined
        ? {
            kind: 'own',
            port: temporalPort,
            uiPort,
            retentionDays: retention.ONBOARDING_RETENTION_DAYS,
          }
        : { kind: 'other', server },
    ar24:
      url === ''
        ? {
            kind: 'simulator',
            port: simulatorPort,
            values,
            termsMailOnCreation: terms.ONBOARDING_TERMS_MAIL === 'automatic',
          }
        : { kind: 'other', url },
    gateway: {
      port: given.gatewayPort ?? listening.ONBOARDING_GATEWAY_PORT,
      host: listening.ONBOARDING_GATEWAY_HOST,
      environment,
    },
    codec: { port: given.codecPort ?? listening.ONBOARDING_CODEC_PORT, environment },
    before: given.reset === true ? 'delete' : 'go-on',
    workerWith(apiUrl, ownKeys) {
      const keyed = withKeys(environment, ownKeys);
      const settings = workerSettings(withSimulator(keyed, values, apiUrl), faults);
      if (settings === undefined) throw new EnvironmentError(faults);
      return settings;
    },
  };
}

/** Windows identifies and ends processes in other ways, which are not supported. */
function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw new CommandError(
    '`onboard up`, which is `npm start`, does not run on Windows itself: run it in WSL ' +
      '(https://learn.microsoft.com/windows/wsl).',
  );
}

/** The worker's environment: with the simulator's address and keys, unless AR24_BASE_URL is set. */
function withSimulator(
  environment: Environment,
  values: SimulatorValues | undefined,
  apiUrl: string,
): Environment {
  if ((environment['AR24_BASE_URL']?.trim() ?? '') !== '') return environment;
  return withValues(withDefaults(environment, AT_THE_SIMULATOR), {
    AR24_BASE_URL: apiUrl,
    AR24_TOKEN: values?.SIMULATOR_TOKEN ?? 'unknown',
    AR24_PRIVATE_KEY: values?.SIMULATOR_PRIVATE_KEY ?? 'unknown',
  });
}
