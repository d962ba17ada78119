/** What TEMPORAL_* and Temporal's configuration file say, to commands and workers alike. */
import { loadClientConnectConfig } from '@temporalio/envconfig';

type TemporalConfig = ReturnType<typeof loadClientConnectConfig>;

/** An empty one takes a header of the configuration file back. */
const HEADERS = 'TEMPORAL_GRPC_META_';

/**
 * As everywhere, an empty variable counts as not set. To the SDK, an empty API key would turn TLS on.
 *
 * @throws errors of Node, the SDK and its parser, which may quote the file that holds the API key
 */
export function temporalConfig(environment: NodeJS.ProcessEnv = process.env): TemporalConfig {
  const set: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(environment)) {
    if (value.trim() !== '' || name.startsWith(HEADERS)) set[name] = value;
  }
  return loadClientConnectConfig({ overrideEnvVars: set });
}
