/**
 * `POST /webhooks/ar24/{secret}`: AR24 reports a change to one of its users. AR24's webhooks are not authenticated, so
 * they are only hints: the onboarding reads AR24 itself.
 */
import type { FastifyInstance } from 'fastify';
import { createSecretCheck } from '../../codec/secret-check.ts';
import { acceptRawBodies, rawBodyOf } from '../bodies.ts';
import type { Metrics } from '../metrics.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { createAddressCheck } from './addresses.ts';
import { createHints, type HintsOptions } from './hints.ts';
import { identify, namesOf } from './identify.ts';
import { readPayload } from './payload.ts';

export interface Ar24WebhooksOptions extends HintsOptions {
  readonly calls: TemporalCalls;
  /** The last part of the path; two while they are rotated. Empty: the path does not exist. */
  readonly secrets: readonly string[];
  /** Addresses or networks from which AR24 may call; empty: any. */
  readonly allowedAddresses: readonly string[];
  readonly record: Metrics['record'];
}

export function ar24Webhooks(
  app: FastifyInstance,
  { onboardings, calls, secrets, allowedAddresses, record }: Ar24WebhooksOptions,
  done: () => void,
): void {
  const isAllowed = createAddressCheck(allowedAddresses);
  const isSecret = createSecretCheck(secrets);
  const hints = createHints({ onboardings });
  acceptRawBodies(app);
  app.post<{ Params: { secret: string } }>(
    '/webhooks/ar24/:secret',
    {
      schema: { hide: true },
      // Before the body is read.
      onRequest: (request, _reply, next) => {
        if (!isAllowed(request.ip)) {
          record('onboarding_gateway_webhooks_refused_total', {});
          throw new HttpProblem('address-refused');
        }
        if (!isSecret(request.params.secret)) throw new HttpProblem('no-such-route');
        next();
      },
    },
    async (request) => {
      const fields = await readPayload(rawBodyOf(request));
      const person = identify(fields);
      const hinted = await calls.withDeadline(() => hints.send(person));
      const result = hinted > 0 ? 'hinted' : 'unknown';
      record('onboarding_gateway_webhooks_total', { result });
      // Not named `email`, as the logger redacts all fields with that name.
      const by = { accountId: person.accountId !== undefined, address: person.email !== undefined };
      request.log.info({ fields: namesOf(fields), by, hinted }, 'webhook of AR24');
      return {};
    },
  );
  done();
}
