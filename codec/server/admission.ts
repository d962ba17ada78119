/** Who may have payloads decoded: whoever is logged in, or, on one machine, whoever knows a path. */
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Refusal } from './refusals.ts';
import { assertLocalHost, createSecretCheck } from './secret-check.ts';
import { createTokenCheck, type TokenRules } from './token-check.ts';

export type Admission =
  | ({ readonly kind: 'token' } & TokenRules)
  /** For loopback only: whoever may use this machine can find it out. */
  | { readonly kind: 'secret-path'; readonly secret: string };

/** Where the routes hang. */
export function pathOf(admission: Admission): string {
  return admission.kind === 'token' ? '' : '/:secret';
}

/** Before a body is read. */
export const admitted = fp(
  (
    app: FastifyInstance,
    { admission }: { readonly admission: Admission },
    done: (error?: Error) => void,
  ) => {
    if (admission.kind === 'token') {
      const check = createTokenCheck(admission);
      app.addHook('onRequest', async ({ headers, routeOptions }) => {
        const [scheme = '', token = ''] = (headers.authorization ?? '').split(' ');
        if (scheme.toLowerCase() !== 'bearer') throw new Refusal('unauthorised');
        await check(token, routeOptions.url?.endsWith('/encode') === true ? 'write' : 'read');
      });
    } else {
      const isRight = createSecretCheck(admission.secret);
      app.addHook<{ Params: { readonly secret?: string } }>(
        'onRequest',
        (request, _reply, next) => {
          if (!isRight(request.params.secret ?? '')) throw new Refusal('no-such-route');
          next();
        },
      );
      app.addHook('onRequest', (request, _reply, next) => {
        assertLocalHost(request);
        next();
      });
    }
    done();
  },
);
