/** Temporal's own variables. Its SDK reads them (`@temporalio/envconfig`), and accepts invalid values too. */
import { z } from 'zod';
import { oneOf, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const ADDRESS = /^(\[[\da-f:.]+\]|[^\s/@:]+)(:(?<port>\d{1,5}))?$/i;

/** Without a port, Temporal's default port counts. */
export const temporalAddress = z
  .string()
  .trim()
  .refine((written) => {
    const found = ADDRESS.exec(written);
    return found !== null && Number(found.groups?.['port'] ?? 1) <= 65_535;
  }, 'is no address: HOST:PORT is expected, with no https:// before it and nothing behind it; ' + 'TEMPORAL_TLS=true turns TLS on');

const neededBy = ['worker', 'gateway', 'exporter', 'commands', 'up'] as const;

export const TEMPORAL_VARIABLES = {
  TEMPORAL_ADDRESS: {
    meaning:
      "address of Temporal's frontend, `HOST:PORT`; not set: `npm start` starts a Temporal of its own, and the commands use that",
    default: null,
    neededBy,
    schema: temporalAddress,
  },
  TEMPORAL_NAMESPACE: {
    meaning: 'Temporal namespace that holds the onboardings',
    default: 'default',
    neededBy,
    schema: words,
  },
  TEMPORAL_API_KEY: {
    meaning: 'API key for Temporal Cloud; turns TLS on',
    default: null,
    secret: true,
    neededBy,
    schema: words.regex(/^[\x21-\x7e]*$/, 'holds a character that no key can have'),
  },
  TEMPORAL_TLS: {
    meaning: '`true`: connect to Temporal by TLS',
    default: null,
    neededBy,
    schema: oneOf(['true', 'false', '1', '0']),
  },
  TEMPORAL_TLS_CLIENT_CERT_PATH: {
    meaning: 'file with the client certificate, for mutual TLS with Temporal',
    default: null,
    neededBy,
    schema: words,
  },
  TEMPORAL_TLS_CLIENT_KEY_PATH: {
    meaning: 'file with the private key of the client certificate',
    default: null,
    neededBy,
    schema: words,
  },
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: {
    meaning: "file with the certificate of the authority that signed the server's certificate",
    default: null,
    neededBy,
    schema: words,
  },
  TEMPORAL_TLS_SERVER_NAME: {
    meaning: "host name that the server's certificate must have, if it is not that of the address",
    default: null,
    neededBy,
    schema: words,
  },
  TEMPORAL_PROFILE: {
    meaning:
      "profile in Temporal's configuration file from which these settings are read where they are not set here",
    default: null,
    neededBy,
    schema: words,
  },
  TEMPORAL_CONFIG_FILE: {
    meaning: "path of Temporal's configuration file; not set: Temporal's usual place",
    default: null,
    neededBy,
    schema: words,
  },
  TEMPORAL_CLI_PATH: {
    meaning:
      "path of Temporal's command line, which contains the development server; not set: it is searched, downloaded or built",
    default: null,
    neededBy: ['up'],
    schema: words,
  },
} as const satisfies Variables;
