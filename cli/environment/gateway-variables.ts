import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import { parseApiKeys } from '../../gateway/keys/api-key.ts';
import { parseLinkKeys } from '../../gateway/links/links.ts';
import {
  httpAddress,
  httpsAddress,
  list,
  parsedBy,
  port,
  positive,
  whole,
  words,
} from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['gateway'] as const;

/** Each is one, as what takes them later tells in a way that names no variable. */
const addresses = list.pipe(
  z.array(
    z.string().refine((written) => {
      const [address = '', prefix, more] = written.split('/');
      const longest = isIPv6(address) ? 128 : 32;
      const isPrefix =
        prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest);
      return more === undefined && isIP(address) !== 0 && isPrefix;
    }, 'addresses or networks are expected, such as 10.0.0.0/8'),
  ),
);

const withoutSlash = httpAddress.transform((url) => url.replace(/\/+$/, ''));

const LEAST_SECRET = 16;
const pathSecrets = list.pipe(
  z.array(
    z
      .string()
      .regex(
        new RegExp(`^[A-Za-z0-9_-]{${LEAST_SECRET},128}$`),
        `${LEAST_SECRET} to 128 letters, digits, or any of _ - are expected of each`,
      ),
  ),
);

/** How `onboard gateway` behaves. */
export const GATEWAY_VARIABLES = {
  ONBOARDING_GATEWAY_PORT: {
    meaning: 'port of `onboard gateway`; 0: any free one',
    default: '8080',
    neededBy: ['gateway', 'up'],
    schema: port,
  },
  ONBOARDING_GATEWAY_HOST: {
    meaning: 'address on which it listens; put it behind a proxy that speaks TLS',
    default: '127.0.0.1',
    neededBy: ['gateway', 'up'],
    schema: words,
  },
  ONBOARDING_PUBLIC_URL: {
    meaning:
      'where people and programs find it, such as `https://onboarding.example.org`; not set: where it listens',
    default: null,
    neededBy: ['gateway', 'up'],
    schema: withoutSlash,
  },
  ONBOARDING_TRUSTED_PROXIES: {
    meaning: 'addresses or networks whose `X-Forwarded-For` is believed, with commas between',
    default: null,
    neededBy,
    schema: addresses,
  },
  ONBOARDING_API_KEYS: {
    meaning:
      'keys of the API, as `onboard key create` prints them: `NAME:SCOPES:HASH`, with commas between',
    default: null,
    neededBy,
    required: true,
    schema: parsedBy(parseApiKeys),
  },
  ONBOARDING_CALLS_PER_KEY_AND_SECOND: {
    meaning: 'most calls of the API with one key',
    default: '100',
    neededBy,
    schema: positive,
  },
  ONBOARDING_LINK_KEYS: {
    meaning:
      "keys of links to the sender's page, `ID:BASE64 of 32 bytes`, the one in use first, with commas between (secret)",
    default: null,
    neededBy,
    required: true,
    schema: parsedBy(parseLinkKeys),
  },
  ONBOARDING_LINK_DAYS: {
    meaning: 'days that such a link is good for',
    default: '30',
    neededBy,
    schema: whole(1, 366),
  },
  ONBOARDING_MAILS_PER_ADDRESS_AND_DAY: {
    meaning:
      'most starts, reminders and corrections of one address in 24 hours: each has AR24 mail it; and most ' +
      'rows of one address in an import',
    default: '5',
    neededBy: ['gateway', 'commands'],
    schema: whole(1, 1_000),
  },
  ONBOARDING_EVENT_SOURCES: {
    meaning: 'file that says whose sign-up events are taken, and how; not set: none',
    default: null,
    neededBy,
    schema: words,
  },
  ONBOARDING_AR24_WEBHOOK_SECRETS: {
    meaning:
      'secret ends of the path that AR24 calls, `/webhooks/ar24/SECRET`, with commas between; not set: none (secret)',
    default: null,
    neededBy,
    schema: pathSecrets,
  },
  ONBOARDING_AR24_WEBHOOK_ADDRESSES: {
    meaning:
      'addresses from which AR24 may call, such as `185.183.140.195`; needs ONBOARDING_TRUSTED_PROXIES; not set: any',
    default: null,
    neededBy,
    schema: addresses,
  },
  ONBOARDING_PARTNER_NAME: {
    meaning: "your name on the sender's page",
    default: 'Sender onboarding',
    neededBy,
    schema: words.pipe(z.string().max(80, '80 characters are the most')),
  },
  ONBOARDING_PARTNER_LOGO_URL: {
    meaning: 'your logo there (https)',
    default: null,
    neededBy,
    schema: httpsAddress,
  },
  ONBOARDING_PARTNER_COLOUR: {
    meaning: 'your colour there, such as `#1d4ed8`',
    default: null,
    neededBy,
    schema: words.pipe(
      z.string().regex(/^#[\da-f]{6}$/i, '# and six hexadecimal digits are expected'),
    ),
  },
  ONBOARDING_PARTNER_SUPPORT: {
    meaning: 'where people get help: an e-mail address or an https address',
    default: null,
    neededBy,
    schema: words.pipe(
      z.union(
        [z.email(), z.url({ protocol: /^https$/ })],
        'an e-mail address or an https address is expected',
      ),
    ),
  },
  ONBOARDING_GATEWAY_METRICS_ADDRESS: {
    meaning:
      "where Prometheus reads the gateway's metrics, such as `0.0.0.0:9465`; not set: nowhere",
    default: null,
    neededBy,
    schema: words
      .regex(/^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}$/i, 'IP:PORT is expected')
      .transform((written) => {
        const at = written.lastIndexOf(':');
        const host = written.slice(0, at).replace(/^\[|\]$/g, '');
        return { host, port: Number(written.slice(at + 1)) };
      }),
  },
} as const satisfies Variables;
