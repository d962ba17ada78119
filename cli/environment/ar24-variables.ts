import { list, httpAddress, positive, whole, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker'] as const;

/** AR24 itself: where it is, and what we may do there. */
export const AR24_VARIABLES = {
  AR24_BASE_URL: {
    meaning:
      "AR24's API, such as `https://sandbox.ar24.fr/api/`; `npm start` uses its simulator unless it is set",
    default: null,
    neededBy,
    required: true,
    schema: httpAddress,
  },
  AR24_TOKEN: {
    meaning: 'the token that AR24 gave you (secret)',
    default: null,
    neededBy,
    required: true,
    schema: words,
  },
  AR24_PRIVATE_KEY: {
    meaning: 'the key that AR24 gave you, which signs calls and decrypts answers (secret)',
    default: null,
    neededBy,
    required: true,
    schema: words,
  },
  AR24_TIMEOUT_MS: {
    meaning: 'how long a call may take',
    default: '300000',
    neededBy,
    schema: whole(1_000, 300_000),
  },
  AR24_DATE_AHEAD_S: {
    meaning: 'how far signed dates are ahead of now; AR24 takes now to 10 minutes later',
    default: '120',
    neededBy,
    schema: whole(0, 600),
  },
  AR24_MAX_CALLS_PER_SECOND: {
    meaning: 'most calls a second, over all workers',
    default: '10',
    neededBy,
    schema: positive,
  },
  AR24_NO_ACCOUNT_SLUGS: {
    meaning: '`request_access` answers these where an address has no account',
    default: 'user_not_exist',
    neededBy,
    schema: list,
  },
  AR24_PAYMENT_LINK_FIELDS: {
    meaning: "fields of `payment_request`'s answer that may hold the link",
    default: 'link,url,payment_link,payment_url',
    neededBy,
    schema: list,
  },
} as const satisfies Variables;
