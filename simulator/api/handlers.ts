import type { Route } from '../settings/routes.ts';
import type { Handler } from './call.ts';
import { createUser } from './create-user.ts';
import { listUsers } from './list-users.ts';
import { orderIdentity } from './order-identity.ts';
import { readUser } from './read-user.ts';
import { requestAccess } from './request-access.ts';
import { requestPayment } from './request-payment.ts';
import { requestTerms } from './request-terms.ts';

/** What each of AR24's calls does, once its credentials are checked. */
export const HANDLERS: Readonly<Record<Route, Handler>> = {
  'POST /user': createUser,
  'GET /user': readUser,
  'GET /user/list': listUsers,
  'POST /user/request_access': requestAccess,
  'POST /user/request_cgu': requestTerms,
  'POST /user/payment_request': requestPayment,
  'POST /user/identity': orderIdentity,
};
