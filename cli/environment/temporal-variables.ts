/** Temporal's own variables, read by its SDK (`@temporalio/envconfig`); here for documentation. */
import type { Variable } from './variable.ts';

const neededBy = ['worker', 'commands', 'up'] as const;

export const TEMPORAL_VARIABLES = {
  TEMPORAL_ADDRESS: {
    meaning:
      'Temporal’s frontend, `HOST:PORT`; not set: `npm start` starts one, which the commands then use',
    default: null,
    neededBy,
  },
  TEMPORAL_NAMESPACE: { meaning: 'its namespace', default: 'default', neededBy },
  TEMPORAL_API_KEY: { meaning: 'API key (secret); turns TLS on', default: null, neededBy },
  TEMPORAL_TLS: { meaning: '`true`: use TLS', default: null, neededBy },
  TEMPORAL_TLS_CLIENT_CERT_PATH: {
    meaning: 'file with the certificate for mutual TLS',
    default: null,
    neededBy,
  },
  TEMPORAL_TLS_CLIENT_KEY_PATH: { meaning: 'file with its key', default: null, neededBy },
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: {
    meaning: 'file with the authority that vouches for the server',
    default: null,
    neededBy,
  },
  TEMPORAL_TLS_SERVER_NAME: { meaning: 'name expected of the server', default: null, neededBy },
  TEMPORAL_PROFILE: {
    meaning: "profile of Temporal's configuration file to use instead of these",
    default: null,
    neededBy,
  },
  TEMPORAL_CONFIG_FILE: { meaning: 'that file', default: null, neededBy },
  TEMPORAL_CLI_PATH: {
    meaning:
      "Temporal's command line, which brings the development server; not set: found or built",
    default: null,
    neededBy: ['up'],
  },
} as const satisfies Readonly<Record<string, Omit<Variable, 'schema'>>>;
