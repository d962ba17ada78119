/** Connections to Temporal, for whatever a command needs one for. */
import { Client, Connection } from '@temporalio/client';
import { OnboardingClient, TemporalUnavailableError, type HashKey } from '../client/index.ts';
import { GRPC, grpcCodeOf } from '../client/temporal-call.ts';
import { AT_THE_SIMULATOR } from './environment/at-the-simulator.ts';
import { CLIENT_VARIABLES } from './environment/client-variables.ts';
import {
  converterFor,
  encryptionOf,
  saysHowToEncrypt,
  type Encryption,
} from './environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from './environment/environment-error.ts';
import { policyOf } from './environment/policy.ts';
import { readEnvironment } from './environment/read-environment.ts';
import { temporalConfig } from './environment/temporal-config.ts';
import { EXIT } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { operatorName } from './operator.ts';
import { readEncryptionKeys } from './state-folder/encryption-keys.ts';
import { readHashKey } from './state-folder/hash-key.ts';
import { readRunning, type Running } from './state-folder/running.ts';

const CONNECT_WITHIN_MS = 5_000;

type TemporalConfig = ReturnType<typeof temporalConfig>;

/** Where Temporal is, and how we know. */
export interface TemporalPlace {
  readonly connection: TemporalConfig['connectionOptions'];
  readonly namespace: string;
  /** `ours`: a running `onboard up` in this folder has started it. */
  readonly whose: 'ours' | 'another';
  /** The key with which a running `onboard up` in this folder works with it; undefined where none does. */
  readonly upHere: { readonly keyId: string | null } | undefined;
  /** `simulated`: the one of that `onboard up`. */
  readonly ar24: 'simulated' | 'unknown';
}

/**
 * From TEMPORAL_* and Temporal's configuration file, else a running `onboard up`. A namespace that is
 * named goes before that of `up`.
 *
 * @throws CommandError where there is neither
 */
export async function temporalPlace(): Promise<TemporalPlace> {
  const { connectionOptions, namespace } = configured();
  const { address = '' } = connectionOptions;
  const running = await readRunning();
  if (running !== undefined && (address === '' || address === running.temporalAddress)) {
    return placeHere(running, connectionOptions, namespace);
  }
  if (address === '') {
    throw new CommandError(
      'no Temporal to talk to: run `npm start` in another terminal and this command in the same ' +
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

/** @param namespace one that was named; whose worker talks to which AR24 is known of `up`'s only */
function placeHere(
  running: Running,
  connection: TemporalConfig['connectionOptions'],
  namespace = running.namespace,
): TemporalPlace {
  const { temporalAddress: address, uiUrl, simulatorUrl } = running;
  const simulated = simulatorUrl !== null && namespace === running.namespace;
  const ours = uiUrl !== null;
  return {
    // Ours takes neither key nor certificate, and speaks no TLS: what is set is meant for another.
    connection: ours ? { address } : { ...connection, address },
    namespace,
    whose: ours ? 'ours' : 'another',
    upHere: { keyId: running.encryptionKeyId },
    ar24: simulated ? 'simulated' : 'unknown',
  };
}

/** Its errors may quote the file that holds the API key: only what kind of error is told. */
function configured(): TemporalConfig {
  try {
    return temporalConfig();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CommandError(
      `TEMPORAL_* or Temporal's configuration file make no sense${code}; a file that they name may ` +
        'not be there: see `onboard help environment`',
    );
  }
}

/**
 * Connects for as long as `use` takes.
 *
 * @throws TemporalUnavailableError, or what `use` throws
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

/** The onboardings, as operators and scripts handle them. */
export async function withOnboardings<T>(
  use: (onboardings: OnboardingClient) => Promise<T>,
): Promise<T> {
  const place = await temporalPlace();
  const environment =
    place.ar24 === 'simulated' ? { ...AT_THE_SIMULATOR, ...process.env } : process.env;
  const values = readEnvironment(CLIENT_VARIABLES, environment);
  const hashKey = values.ONBOARDING_HASH_KEY ?? (await hashKeyHere(place));
  const encryption = await encryptionHere(place);
  return withTemporal(place, encryption, (temporal) =>
    use(
      new OnboardingClient({
        temporal,
        payloads: encryption === 'plaintext' ? 'plaintext' : 'encrypted',
        hashKey,
        formerHashKeys: values.ONBOARDING_FORMER_HASH_KEYS,
        actor: operatorName(),
        policy: policyOf(values),
      }),
    ),
  );
}

/** The key that `onboard up` made counts for its own Temporal only: another has other users too. */
async function hashKeyHere({ whose }: TemporalPlace): Promise<HashKey> {
  const key = whose === 'ours' ? await readHashKey() : undefined;
  if (key !== undefined) return key;
  const message = `is not set: ${CLIENT_VARIABLES.ONBOARDING_HASH_KEY.meaning}`;
  throw new EnvironmentError([{ name: 'ONBOARDING_HASH_KEY', message }]);
}

/**
 * The keys of the environment; else those that `onboard up` made, where it works with this Temporal.
 *
 * @throws EnvironmentError, CommandError, also where a running `onboard up` could not read what they write
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
      `what runs here encrypts with the key ${known}, and this command would with ${id ?? 'none'}: give both ` +
        'the same ONBOARDING_ENCRYPTION_KEYS, or neither any',
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
    const refused = code === GRPC.permissionDenied || code === GRPC.unauthenticated;
    const why = refused ? 'refuses the credentials' : 'does not answer';
    throw new TemporalUnavailableError(`${at} ${why}`, error);
  }
}
