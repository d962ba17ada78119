import {
  list,
  httpAddress,
  oneOf,
  oneWord,
  positive,
  share,
  whole,
  words,
} from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker'] as const;

/** The connection to AR24. */
export const AR24_VARIABLES = {
  AR24_BASE_URL: {
    meaning:
      "address of AR24's API, such as `https://sandbox.ar24.fr/api/`; `npm start` uses its simulator where this is not set",
    default: null,
    neededBy,
    required: true,
    schema: httpAddress,
  },
  AR24_TOKEN: {
    meaning: 'the token that AR24 gave you; it goes with every call',
    default: null,
    secret: true,
    neededBy,
    required: true,
    schema: oneWord,
  },
  AR24_PRIVATE_KEY: {
    meaning: 'the key that AR24 gave you; it signs calls and decrypts answers',
    default: null,
    secret: true,
    neededBy,
    required: true,
    schema: words,
  },
  AR24_TIMEOUT_MS: {
    meaning: 'milliseconds after which a call to AR24 without an answer is given up',
    default: '300000',
    neededBy,
    schema: whole(1_000, 300_000),
  },
  AR24_DATE_AHEAD_S: {
    meaning:
      'seconds that the date in a signed call is ahead of the clock; AR24 accepts dates from now to 10 minutes later',
    default: '120',
    neededBy,
    schema: whole(0, 600),
  },
  AR24_DATE_SHARE: {
    meaning:
      'set it only if AR24 accepts each date once: the number of this worker and the number of workers, such as 1/1 or 2/3. The workers then never use the same date, and together make at most one call a second',
    default: null,
    neededBy,
    schema: share,
  },
  AR24_MAX_CALLS_PER_SECOND: {
    meaning: 'most calls to AR24 a second, of all workers together',
    default: '10',
    neededBy,
    schema: positive,
  },
  AR24_EMAIL_CASE: {
    meaning:
      'whether AR24 treats addresses that differ only in upper and lower case as one (`insensitive`) or as two (`sensitive`). With `sensitive`, an answer about another spelling is not trusted, and usual spellings are searched before an account is created',
    default: 'insensitive',
    neededBy,
    schema: oneOf(['insensitive', 'sensitive']),
  },
  AR24_NO_ACCOUNT_SLUGS: {
    meaning:
      "error codes by which AR24's `request_access` says that an address has no account; separate several with commas",
    default: 'user_not_exist',
    neededBy,
    schema: list,
  },
  AR24_PAYMENT_LINK_FIELDS: {
    meaning:
      'fields of the answer to `payment_request` in which the link to pay may be; separate several with commas',
    default: 'link,url,payment_link,payment_url',
    neededBy,
    schema: list,
  },
} as const satisfies Variables;
