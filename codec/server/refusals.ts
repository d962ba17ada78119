/** What the codec server answers instead of payloads. Nothing of a request is ever repeated. */

/** By a stable code, which is to be decided on. */
export const REFUSALS = {
  'invalid-request': {
    status: 400,
    message:
      'Payloads as JSON are expected: {"payloads":[{"metadata":{"…":"base64"},"data":"base64"}]}',
  },
  unauthorised: {
    status: 401,
    message: 'A token of the identity provider is expected: Authorization: Bearer JWT',
  },
  forbidden: {
    status: 403,
    message: 'The token is good, and does not permit this in the namespace of these keys',
  },
  'origin-refused': {
    status: 403,
    message: 'Pages of this origin may not call: only those of Temporal’s UI may',
  },
  'no-such-route': {
    status: 404,
    message:
      'There is nothing here: POST payloads to the endpoint with /decode or /encode behind it',
  },
  'too-large': { status: 413, message: 'The body is too large: 4 MiB are the most' },
  'unsupported-media-type': { status: 415, message: 'Content-Type: application/json is expected' },
  'host-refused': {
    status: 421,
    message: 'It is asked for by another name than 127.0.0.1 or localhost and its port',
  },
  'too-many-requests': { status: 429, message: 'Too many requests: try again in a minute' },
  unexpected: { status: 500, message: 'Something unexpected happened, and was logged' },
  'no-verification-keys': {
    status: 503,
    message: 'The keys that tokens are checked by cannot be fetched from the identity provider',
  },
} as const satisfies Readonly<
  Record<string, { readonly status: number; readonly message: string }>
>;

export type RefusalCode = keyof typeof REFUSALS;

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(REFUSALS[code].message);
    this.code = code;
  }
}

/** Fastify's own errors, by their codes: https://fastify.dev/docs/latest/Reference/Errors/ */
const FASTIFY: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
  FST_ERR_NOT_FOUND: 'no-such-route',
  FST_ERR_BAD_URL: 'no-such-route',
  FST_ERR_MAX_PARAM_LENGTH: 'no-such-route',
};

/** By status, for what has no code that tells more. */
const BY_STATUS: Readonly<Record<number, RefusalCode>> = {
  404: 'no-such-route',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** Whatever was thrown, as what is told; `unexpected` is to be logged. */
export function refusalFor(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(codeFor(error));
}

function codeFor(error: unknown): RefusalCode {
  if (typeof error !== 'object' || error === null) return 'unexpected';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (Object.hasOwn(FASTIFY, code)) return FASTIFY[code] ?? 'unexpected';
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return BY_STATUS[status] ?? 'invalid-request';
  return 'unexpected';
}
