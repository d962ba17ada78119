/** The connection of a command to Temporal. */
import { userInfo } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { OnboardingClient, TemporalUnavailableError, type HashKey } from '../client/index.ts';
import { grpcCodeOf } from '../client/grpc.ts';
import { CLIENT_VARIABLES } from './environment/client-variables.ts';
import {
  converterFor,
  encryptionOf,
  saysHowToEncrypt,
  type Encryption,
} from './environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from './environment/environment-error.ts';
import { readEnvironment } from './environment/read-environment.ts';
import { temporalConfig, type TemporalConfig } from './environment/temporal-config.ts';
import { EXIT } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { readEncryptionKeys, readHashKey } from './state-folder/keys.ts';
import { readRunning, type Running } from './state-folder/running.ts';

const CONNECT_WITHIN_MS = 5_000;

/** Which Temporal a command connects to. */
export interface TemporalPlace {
  readonly connection: TemporalConfig['connectionOptions'];
  readonly namespace: string;
  /** `ours`: started by the `onboard up` that runs on this state folder. */
  readonly whose: 'ours' | 'another';
  /** The encryption key of the `onboard up` that uses this Temporal; undefined where none runs. */
  readonly upHere: { readonly keyId: string | null } | undefined;
  /** `simulated`: the simulator of that `onboard up`. */
  readonly ar24: 'simulated' | 'unknown';
}

/**
 * Reads TEMPORAL_* and Temporal's configuration file; where they name no address, uses a running
 * `onboard up`. A namespace of the environment overrides that of `up`.
 *
 * @throws CommandError where there is neither; EnvironmentError where the variables are invalid
 */
export async function temporalPlace(): Promise<TemporalPlace> {
  const { connectionOptions, namespace } = temporalConfig();
  const { address = '' } = connectionOptions;
  const running = await readRunning();
  if (running !== undefined && (address === '' || address === running.temporalAddress)) {
    return placeHere(running, connectionOptions, namespace);
  }
  if (address === '') {
    throw new CommandError(
      'no Temporal to connect to: run `npm start` in another terminal and this command in the same ' +
        'folder, or set TEMPORAL_ADDRESS',
      EXIT.unavailable,
    );
  }
  return {
    connection: connectionOptions,
    namespace: namespace ?? 'default',
    whose: 'another',
    upHere: undefined,
    ar24: 'unknown',
  };
}

/** @param namespace of the environment; only in the namespace of `up` are the worker's AR24 and keys known */
function placeHere(
  running: Running,
  connection: TemporalConfig['connectionOptions'],
  namespace = running.namespace,
): TemporalPlace {
  const { temporalAddress: address, uiUrl, simulatorUrl } = running;
  const itsNamespace = namespace === running.namespace;
  const simulated = simulatorUrl !== null && itsNamespace;
  const ours = uiUrl !== null;
  return {
    // Ours has no TLS and no API key. TEMPORAL_* may set both, for another server.
    connection: ours ? { address } : { ...connection, address },
    namespace,
    whose: ours ? 'ours' : 'another',
    upHere: { keyId: itsNamespace ? running.encryptionKeyId : null },
    ar24: simulated ? 'simulated' : 'unknown',
  };
}

/**
 * Connects, calls `use`, and closes the connection.
 *
 * @throws TemporalUnavailableError, or the errors of `use`
 */
export async function withTemporal<T>(
  place: TemporalPlace,
  encryption: Encryption,
  use: (temporal: Client) => Promise<T>,
): Promise<T> {
  const connection = await connect(place);
  try {
    const { namespace } = place;
    return await use(
      new Client({ connection, namespace, dataConverter: converterFor(encryption) }),
    );
  } finally {
    await connection.close();
  }
}

/** Calls `use` with a client of onboardings. */
export async function withOnboardings<T>(
  use: (onboardings: OnboardingClient) => Promise<T>,
): Promise<T> {
  const place = await temporalPlace();
  const hashKeys = await hashKeysHere(place);
  const encryption = await encryptionHere(place);
  return withTemporal(place, encryption, (temporal) =>
    use(
      new OnboardingClient({
        temporal,
        payloads: encryption === 'plaintext' ? 'plaintext' : 'encrypted',
        ...hashKeys,
        actor: operatorName(),
      }),
    ),
  );
}

/** The hash keys of this environment. @throws EnvironmentError where they are missing or invalid */
export async function hashKeysHere(place: TemporalPlace) {
  const values = readEnvironment(CLIENT_VARIABLES, process.env);
  return {
    hashKey: values.ONBOARDING_HASH_KEY ?? (await storedHashKey(place)),
    formerHashKeys: values.ONBOARDING_FORMER_HASH_KEYS,
  };
}

/** The key that `onboard up` made fits its own Temporal only: others share another Temporal. */
async function storedHashKey({ whose }: TemporalPlace): Promise<HashKey> {
  const key = whose === 'ours' ? await readHashKey() : undefined;
  if (key !== undefined) return key;
  const message = `is not set: ${CLIENT_VARIABLES.ONBOARDING_HASH_KEY.meaning}`;
  throw new EnvironmentError([{ name: 'ONBOARDING_HASH_KEY', message }]);
}

/**
 * The keys of the environment; without them, the keys that `onboard up` made, where it uses this Temporal.
 *
 * @throws EnvironmentError; CommandError where a running `onboard up` encrypts with another key
 */
export async function encryptionHere({
  upHere,
}: Pick<TemporalPlace, 'upHere'>): Promise<Encryption> {
  const kept = upHere && !saysHowToEncrypt(process.env) ? await readEncryptionKeys() : undefined;
  const encryption = kept ?? encryptionOfEnvironment();
  const id = encryption === 'plaintext' ? undefined : encryption[0].id;
  const known = upHere?.keyId ?? id;
  if (known !== id) {
    throw new CommandError(
      `the running \`onboard up\` encrypts with the key ${known}, and this command would with ${id ?? 'none'}: set ` +
        'the same ONBOARDING_ENCRYPTION_KEYS for both, or for neither',
    );
  }
  return encryption;
}

function encryptionOfEnvironment(): Encryption {
  const faults: EnvironmentFault[] = [];
  const encryption = encryptionOf(process.env, faults);
  if (encryption === undefined) throw new EnvironmentError(faults);
  return encryption;
}

async function connect({ connection }: TemporalPlace): Promise<Connection> {
  try {
    return await Connection.connect({ ...connection, connectTimeout: CONNECT_WITHIN_MS });
  } catch (error) {
    const at = connection.address ?? 'its address';
    const code = grpcCodeOf(error);
    const refused = code === 'PERMISSION_DENIED' || code === 'UNAUTHENTICATED';
    const why = refused ? 'refuses the credentials' : 'does not answer';
    throw new TemporalUnavailableError(`${at} ${why}`, error);
  }
}

/** The actor of a command without `--by`: the user who is logged in. */
function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // Some containers have no entry for the user.
    return 'operator';
  }
}
