/** What `onboard up` was given, checked before anything is started. */
import { createEncryptionKey } from '../../codec/index.ts';
import { CODEC_VARIABLES } from '../environment/codec-variables.ts';
import { saysHowToEncrypt } from '../environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { GATEWAY_VARIABLES } from '../environment/gateway-variables.ts';
import { RETENTION_VARIABLES, SIMULATOR_VARIABLES } from '../environment/machine-variables.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
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
const LISTENING = { ONBOARDING_GATEWAY_PORT, ONBOARDING_GATEWAY_HOST, ONBOARDING_CODEC_PORT };

/** What is started here, or whose it is. */
export interface UpPlan {
  readonly temporal:
    | {
        readonly kind: 'own';
        readonly port: number;
        readonly uiPort: number;
        /** How long it keeps what has ended. */
        readonly retentionDays: number;
      }
    | { readonly kind: 'other'; readonly server: TemporalServer };
  readonly ar24:
    | {
        readonly kind: 'simulator';
        readonly port: number;
        readonly values: SimulatorValues;
        /** As the worker takes it (ONBOARDING_TERMS_MAIL), so that nobody gets two mails. */
        readonly termsMailOnCreation: boolean;
      }
    | { readonly kind: 'other'; readonly url: string };
  readonly gateway: {
    readonly port: number;
    readonly host: string;
    /** What else it is told, where the one-machine mode does not make it itself. */
    readonly environment: Environment;
  };
  readonly codec: {
    readonly port: number;
    /** What else it is told. */
    readonly environment: Environment;
  };
  /** What lies in the state folder. */
  readonly before: 'go-on' | 'forget';
  /**
   * The worker's settings, once AR24's API is known to be there.
   * @param ownKeys that encrypt, where the environment names none
   */
  readonly workerWith: (apiUrl: string, ownKeys: string) => WorkerSettings;
}

type SimulatorValues = Values<typeof SIMULATOR_VARIABLES>;

/** @throws EnvironmentError with all that is wrong, CommandError */
export function planUp(given: UpCommandOptions, environment: Environment): UpPlan {
  refuseWindows();
  const faults: EnvironmentFault[] = [];
  const server = temporalServer(faults);
  const url = environment['AR24_BASE_URL']?.trim() ?? '';
  const values = readEnvironmentInto(faults, SIMULATOR_VARIABLES, environment);
  // Any address of this machine, and any key, will do for the check.
  const worker = workerSettings(
    withSimulator(
      withKeys(environment, createEncryptionKey('any')),
      values,
      'http://127.0.0.1/api/',
    ),
    faults,
  );
  const listening = readEnvironmentInto(faults, LISTENING, environment);
  const retention = readEnvironmentInto(faults, RETENTION_VARIABLES, environment);
  if (
    values === undefined ||
    worker === undefined ||
    listening === undefined ||
    retention === undefined ||
    faults.length > 0
  ) {
    throw new EnvironmentError(faults);
  }
  if (given.reset === true && server !== undefined) {
    throw new CommandError(
      `--reset forgets what lies here, but Temporal is another one (${server.connection.address})`,
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
            termsMailOnCreation: worker.values.ONBOARDING_TERMS_MAIL === 'automatic',
          }
        : { kind: 'other', url },
    gateway: {
      port: given.gatewayPort ?? listening.ONBOARDING_GATEWAY_PORT,
      host: listening.ONBOARDING_GATEWAY_HOST,
      environment,
    },
    codec: { port: given.codecPort ?? listening.ONBOARDING_CODEC_PORT, environment },
    before: given.reset === true ? 'forget' : 'go-on',
    workerWith(apiUrl, ownKeys) {
      const keyed = withKeys(environment, ownKeys);
      const settings = workerSettings(withSimulator(keyed, values, apiUrl), faults);
      if (settings === undefined) throw new EnvironmentError(faults);
      return settings;
    },
  };
}

/** What runs on one machine is always encrypted: its keys are made here, where none are named. */
export function withKeys(environment: Environment, ownKeys: string): Environment {
  const { ONBOARDING_ALLOW_PLAINTEXT: _notHere, ...others } = environment;
  const named = saysHowToEncrypt(others);
  return named ? others : { ...others, ONBOARDING_ENCRYPTION_KEYS: ownKeys };
}

/** Its processes are told apart, and ended, in other ways, which nobody has tried. */
function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw new CommandError(
    '`onboard up`, which is `npm start`, does not run on Windows itself: run it in WSL ' +
      '(https://learn.microsoft.com/windows/wsl).',
  );
}

/**
 * The worker's environment: that of the process, unless AR24 is ours. Who is simulated is not real,
 * wherever SIMULATOR_HOST has the simulator listen.
 */
function withSimulator(
  environment: Environment,
  values: SimulatorValues | undefined,
  apiUrl: string,
): Environment {
  if ((environment['AR24_BASE_URL']?.trim() ?? '') !== '') return environment;
  return {
    ...environment,
    AR24_BASE_URL: apiUrl,
    AR24_TOKEN: values?.SIMULATOR_TOKEN ?? 'unknown',
    AR24_PRIVATE_KEY: values?.SIMULATOR_PRIVATE_KEY ?? 'unknown',
  };
}
