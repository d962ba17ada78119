/**
 * `POST /webhooks/ar24/{secret}`: AR24 says that something happened to one of its users. It is a hint, no
 * more: AR24's webhooks prove nothing, so the onboarding looks at AR24 itself.
 */
import { inTime } from '../in-time.ts';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.ts';
import { rawBodyOf, takeRawBodies } from '../raw-body.ts';
import { createAddressCheck } from './addresses.ts';
import { createHints, type HintsOptions } from './hints.ts';
import { identify, namesOf } from './identify.ts';
import { readPayload } from './payload.ts';
import { createSecretCheck } from './secrets.ts';

export interface Ar24WebhooksOptions extends HintsOptions {
  /** Ends of the path; several while they are changed. None: there is no such path. */
  readonly secrets: readonly string[];
  /** Addresses or networks from which AR24 may call; none: any. */
  readonly allowedAddresses: readonly string[];
  /** Counts a call from another address. */
  readonly refused: () => void;
}

export function ar24Webhooks(
  app: FastifyInstance,
  { onboardings, secrets, allowedAddresses, refused }: Ar24WebhooksOptions,
  done: () => void,
): void {
  const isAllowed = createAddressCheck(allowedAddresses);
  const isSecret = createSecretCheck(secrets);
  const hints = createHints({ onboardings });
  takeRawBodies(app);
  app.post<{ Params: { secret: string } }>(
    '/webhooks/ar24/:secret',
    {
      schema: { hide: true },
      // Before anything is read of who may not call.
      onRequest: (request, _reply, next) => {
        if (!isAllowed(request.ip)) {
          refused();
          throw new Problem('address-refused');
        }
        if (!isSecret(request.params.secret)) throw new Problem('no-such-route');
        next();
      },
    },
    async (request) => {
      const fields = readPayload(rawBodyOf(request));
      const person = identify(fields);
      const hinted = await inTime(() => hints.send(person));
      const by = { accountId: person.accountId !== undefined, email: person.email !== undefined };
      request.log.info({ fields: namesOf(fields), by, hinted }, 'webhook of AR24');
      return {};
    },
  );
  done();
}
