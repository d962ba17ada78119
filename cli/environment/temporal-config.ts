/** The connection by TEMPORAL_* and Temporal's configuration file, for commands and workers. */
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { EnvironmentError } from './environment-error.ts';
import { readEnvironment } from './read-environment.ts';
import { temporalAddress, TEMPORAL_VARIABLES } from './temporal-variables.ts';

export type TemporalConfig = ReturnType<typeof loadClientConnectConfig>;

/** An empty one removes a header of the configuration file. */
const HEADERS = 'TEMPORAL_GRPC_META_';

/**
 * An empty variable counts as not set, as everywhere. With the SDK alone, an empty API key would turn TLS on.
 *
 * @throws EnvironmentError, without values: the SDK's own errors may quote the file that holds the API key
 */
export function temporalConfig(environment: NodeJS.ProcessEnv = process.env): TemporalConfig {
  const { TEMPORAL_API_KEY: apiKey } = readEnvironment(TEMPORAL_VARIABLES, environment);
  const set: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(environment)) {
    if (name.startsWith(HEADERS)) set[name] = value;
    else if (value.trim() !== '') set[name] = value.trim();
  }
  if (apiKey !== undefined) set['TEMPORAL_API_KEY'] = apiKey;
  const config = load(set);
  const { address = '' } = config.connectionOptions;
  const checked = temporalAddress.safeParse(address, { reportInput: false });
  if (address === '' || checked.success) return config;
  const message = `of the profile in Temporal's configuration file ${checked.error.issues[0]?.message ?? ''}`;
  throw new EnvironmentError([{ name: 'TEMPORAL_ADDRESS', message }]);
}

function load(set: Readonly<Record<string, string>>): TemporalConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars: { ...set } });
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && 'path' in error;
    if (!isFile) {
      const message =
        "or Temporal's configuration file is invalid: see TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE";
      throw new EnvironmentError([{ name: 'TEMPORAL_*', message }]);
    }
    const named = Object.entries(set).find(([, value]) => value === error.path)?.[0];
    const message = `names a file that cannot be read (${String(error.code)})`;
    const name = named ?? "the profile in Temporal's configuration file";
    throw new EnvironmentError([{ name, message }]);
  }
}
