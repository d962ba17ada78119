/** The calls that this library makes (docs/ar24-api.md 2). AR24 accepts GET and POST only. */
export type Ar24Method = 'GET' | 'POST';

export const ENDPOINTS = {
  createUser: { method: 'POST', route: '/user' },
  readUser: { method: 'GET', route: '/user' },
  listUsers: { method: 'GET', route: '/user/list' },
  requestAccess: { method: 'POST', route: '/user/request_access' },
  requestTerms: { method: 'POST', route: '/user/request_cgu' },
  requestPayment: { method: 'POST', route: '/user/payment_request' },
  orderIdentity: { method: 'POST', route: '/user/identity' },
} as const satisfies Readonly<Record<string, { method: Ar24Method; route: string }>>;

/** The names of the client's methods. */
export type EndpointName = keyof typeof ENDPOINTS;
export type Ar24Route = (typeof ENDPOINTS)[EndpointName]['route'];

/** The call that an error is about. */
export interface Endpoint {
  readonly method: Ar24Method;
  readonly route: Ar24Route;
}
