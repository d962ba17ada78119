/** The calls of AR24's that are served, as `METHOD /path` below the API's base address. */
export const ROUTES = [
  'POST /user',
  'GET /user',
  'GET /user/list',
  'POST /user/request_access',
  'POST /user/request_cgu',
  'POST /user/payment_request',
  'POST /user/identity',
] as const;

export type Route = (typeof ROUTES)[number];
