import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import { parseApiKeys } from '../../gateway/api-keys.ts';
import { parseLinkKeys } from '../../gateway/links/links.ts';
import { VERIFIED_ADDRESS } from '../../gateway/page/options.ts';
import {
  httpAddress,
  httpsAddress,
  list,
  listenAddress,
  parsedBy,
  port,
  positive,
  whole,
  words,
  yesOrNo,
} from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['gateway'] as const;

/** Validated here: the error of the library that uses them would not name the variable. */
const addresses = list.pipe(
  z.array(
    z.string().refine((written) => {
      const [address = '', prefix, more] = written.split('/');
      const longest = isIPv6(address) ? 128 : 32;
      const isPrefix =
        prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest);
      return more === undefined && isIP(address) !== 0 && isPrefix;
    }, 'addresses or networks are expected, such as 10.0.0.2 or 10.0.0.0/28'),
  ),
);

const hosts = list.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .refine(
        (host) => URL.parse(`https://${host}`)?.host === host,
        'hosts are expected, such as app.example.org or localhost:3000',
      ),
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
    meaning: 'port of `onboard gateway`; 0: any free port',
    default: '8080',
    neededBy: ['gateway', 'up'],
    schema: port,
  },
  ONBOARDING_GATEWAY_HOST: {
    meaning: 'address on which it listens; put a proxy that speaks TLS in front of it',
    default: '127.0.0.1',
    neededBy: ['gateway', 'up'],
    schema: words,
  },
  ONBOARDING_GATEWAY_SHUTDOWN_GRACE_S: {
    meaning:
      'seconds after SIGTERM in which the gateway still answers requests, while `GET /ready` already answers 503',
    default: '10',
    neededBy,
    schema: whole(0, 3_600),
  },
  ONBOARDING_PUBLIC_URL: {
    meaning:
      'address under which people and programs reach the gateway, such as `https://onboarding.example.org`; not set: the address on which it listens',
    default: null,
    neededBy: ['gateway', 'up'],
    schema: withoutSlash,
  },
  ONBOARDING_TRUSTED_PROXIES: {
    meaning:
      'addresses of your own proxies, whose `X-Forwarded-For` is believed, or networks that hold nothing else: everything in them may claim any address; separate several with commas',
    default: null,
    neededBy,
    schema: addresses,
  },
  ONBOARDING_API_KEYS: {
    meaning:
      "hashes of the API's keys, `NAME:SCOPES:HASH`, as `onboard key create` prints them; separate several with commas",
    default: null,
    secret: true,
    neededBy,
    required: true,
    schema: parsedBy(parseApiKeys),
  },
  ONBOARDING_CALLS_PER_KEY_AND_SECOND: {
    meaning: 'most API calls a second with one key',
    default: '100',
    neededBy,
    schema: positive,
  },
  ONBOARDING_LINK_KEYS: {
    meaning:
      "keys that encrypt links to the sender's page, `ID:BASE64 of 32 bytes`, as `onboard key link` prints them; the first makes new links, all of them open links; separate them with commas",
    default: null,
    secret: true,
    neededBy,
    required: true,
    schema: parsedBy(parseLinkKeys),
  },
  ONBOARDING_HSTS_SUBDOMAINS: {
    meaning:
      '1: HSTS also covers all subdomains of ONBOARDING_PUBLIC_URL; set it only if each of them serves TLS',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_LINK_DAYS: {
    meaning: "days for which a link to the sender's page is valid",
    default: '30',
    neededBy,
    schema: whole(1, 366),
  },
  ONBOARDING_RETURN_HOSTS: {
    meaning:
      "hosts of yours to which the sender's page may lead back (`returnUrl`, `refreshUrl`), such as `app.example.org`, with the port if it is not the usual one; separate several with commas; not set: none",
    default: null,
    neededBy,
    schema: hosts,
  },
  ONBOARDING_VERIFIED_ADDRESS: {
    meaning:
      "whether the person may correct an address that you vouched for (`emailVerified`) on the sender's page, as any other: `correctable`; or only you: `fixed`",
    default: 'correctable',
    neededBy,
    schema: z.enum(VERIFIED_ADDRESS),
  },
  ONBOARDING_MAILS_PER_ADDRESS_AND_DAY: {
    meaning:
      'most starts, reminders and corrections for one e-mail address in 24 hours, since AR24 sends a mail for each; also the most rows with one address in an import',
    default: '5',
    neededBy: ['gateway', 'commands'],
    schema: whole(1, 1_000),
  },
  ONBOARDING_EVENT_SOURCES: {
    meaning:
      'path of a file that lists the sources of sign-up events, and how to read them (docs/events.md); not set: no events are accepted',
    default: null,
    neededBy,
    schema: words,
  },
  ONBOARDING_AR24_WEBHOOK_SECRETS: {
    meaning:
      'secret last part of the path that AR24 calls, `/webhooks/ar24/SECRET`; separate several with commas; not set: no webhooks are accepted',
    default: null,
    secret: true,
    neededBy,
    schema: pathSecrets,
  },
  ONBOARDING_AR24_WEBHOOK_ADDRESSES: {
    meaning:
      'addresses from which AR24 may call, such as `185.183.140.195`; needs ONBOARDING_TRUSTED_PROXIES; not set: any address',
    default: null,
    neededBy,
    schema: addresses,
  },
  ONBOARDING_PARTNER_NAME: {
    meaning: "your company's name on the sender's page",
    default: 'Sender onboarding',
    neededBy,
    schema: words.pipe(z.string().max(80, '80 characters are the most')),
  },
  ONBOARDING_PARTNER_LOGO_URL: {
    meaning: "https address of your logo for the sender's page",
    default: null,
    neededBy,
    schema: httpsAddress,
  },
  ONBOARDING_PARTNER_COLOUR: {
    meaning: "your colour for the sender's page, such as `#1d4ed8`",
    default: null,
    neededBy,
    schema: words.pipe(
      z.string().regex(/^#[\da-f]{6}$/i, '# and six hexadecimal digits are expected'),
    ),
  },
  ONBOARDING_PARTNER_SUPPORT: {
    meaning:
      "where people find help, shown on the sender's page: an e-mail address or an https address",
    default: null,
    neededBy,
    schema: words.pipe(
      z.union(
        [z.email(), z.url({ protocol: /^https$/ })],
        'an e-mail address or an https address is expected',
      ),
    ),
  },
  ONBOARDING_PARTNER_PRIVACY_URL: {
    meaning: "https address that says what you do with personal data, linked on the sender's page",
    default: null,
    neededBy,
    schema: httpsAddress,
  },
  ONBOARDING_PARTNER_LEGAL_URL: {
    meaning: "https address of your legal notice, linked on the sender's page",
    default: null,
    neededBy,
    schema: httpsAddress,
  },
  ONBOARDING_COMPANY_LOOKUP_URL: {
    meaning:
      "address of a search for French companies, such as `https://recherche-entreprises.api.gouv.fr/search`: the form on the sender's page then offers to fill in name and address from the SIRET; not set: it does not",
    default: null,
    neededBy,
    schema: httpAddress,
  },
  ONBOARDING_COMPANY_LOOKUP_ALLOW_PRIVATE: {
    meaning:
      '1: allow ONBOARDING_COMPANY_LOOKUP_URL to be in a private network, on this machine, and without TLS',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_GATEWAY_METRICS_ADDRESS: {
    meaning:
      "address on which Prometheus reads the gateway's metrics, such as `0.0.0.0:9465`; not set: no metrics",
    default: null,
    neededBy,
    schema: listenAddress,
  },
} as const satisfies Variables;
