/** The headers of the answers, as the document has them. */

interface Header {
  readonly description: string;
  readonly schema: { readonly type: 'string' | 'integer'; readonly format?: string };
  readonly example: string | number;
}
type Headers = Readonly<Record<string, Header>>;

const number = (description: string, example: number): Header => ({
  description,
  schema: { type: 'integer', format: 'int32' },
  example,
});
const RETRY_AFTER = { 'Retry-After': number('seconds after which to try again', 10) };
const LIMITS = {
  'X-RateLimit-Limit': number('the most calls with this key in 10 s', 500),
  'X-RateLimit-Remaining': number('how many of them are left', 499),
  'X-RateLimit-Reset': number('seconds until they are all there again', 10),
};
const AUTHENTICATE: Headers = {
  'WWW-Authenticate': {
    description: 'how to authenticate',
    schema: { type: 'string' },
    example: 'Bearer',
  },
};
const location = (description: string, path: string): Headers => ({
  Location: {
    description,
    schema: { type: 'string', format: 'uri' },
    example: `https://onboarding.example.org/onboardings/customer-42${path}`,
  },
});

const ERASURE = { ...location('where to see whether it is done', '/erasure'), ...RETRY_AFTER };

const OF_STATUS: Readonly<Record<string, Headers>> = { 429: RETRY_AFTER, 503: RETRY_AFTER };
const OF_OPERATION: Readonly<Record<string, Readonly<Record<string, Headers>>>> = {
  startOnboarding: { 202: location('where to read the onboarding', '') },
  eraseSender: { 202: ERASURE },
  readErasure: { 202: ERASURE },
};

/** Calls are counted after the key is known. @param status of the answer */
export function headersOf(operationId: string, status: string): Headers {
  if (status === '401') return AUTHENTICATE;
  const limits = status === '403' ? {} : LIMITS;
  return { ...OF_OPERATION[operationId]?.[status], ...OF_STATUS[status], ...limits };
}
