/** The errors of the codec server. They repeat nothing of a request. */

/** By their code, which is stable, so that programs can decide on it. */
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
    message: 'The token is valid, but does not permit this in the namespace of these keys',
  },
  'origin-refused': {
    status: 403,
    message: 'Only pages of Temporal’s UI may call, and this origin is another',
  },
  'no-such-route': {
    status: 404,
    message:
      'This route does not exist: POST payloads to the endpoint, followed by /decode or /encode',
  },
  'too-large': { status: 413, message: 'The body is too large: the limit is 4 MiB' },
  'unsupported-media-type': { status: 415, message: 'Content-Type: application/json is expected' },
  'host-refused': {
    status: 421,
    message: 'The Host header must be 127.0.0.1 or localhost, with the port of this server',
  },
  'too-many-requests': { status: 429, message: 'Too many requests: try again in a minute' },
  unexpected: { status: 500, message: 'An unexpected error occurred, and was logged' },
  'no-verification-keys': {
    status: 503,
    message: 'The keys that verify tokens cannot be fetched from the identity provider',
  },
} as const satisfies Readonly<
  Record<string, { readonly status: number; readonly message: string }>
>;

export type RefusalCode = keyof typeof REFUSALS;

export class CodecRefusal extends Error {
  override readonly name = 'CodecRefusal';
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

/** For errors that have a status and no code of ours. */
const BY_STATUS: Readonly<Record<number, RefusalCode>> = {
  404: 'no-such-route',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** Turns any error into the answer of the server. The caller has to log `unexpected`. */
export function refusalFor(error: unknown): CodecRefusal {
  return error instanceof CodecRefusal ? error : new CodecRefusal(codeFor(error));
}

function codeFor(error: unknown): RefusalCode {
  if (typeof error !== 'object' || error === null) return 'unexpected';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (Object.hasOwn(FASTIFY, code)) return FASTIFY[code] ?? 'unexpected';
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return BY_STATUS[status] ?? 'invalid-request';
  return 'unexpected';
}
