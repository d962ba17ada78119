/** Access to decoding: for people who are logged in or, on one machine, for those who know a secret path. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { createSecretCheck } from '../secret-check.ts';
import { CodecRefusal } from './refusals.ts';
import { createTokenCheck, type TokenRules } from './token-check.ts';

export type Admission =
  | ({ readonly kind: 'token' } & TokenRules)
  /** For loopback only: every user of this machine can find the path out. */
  | { readonly kind: 'secret-path'; readonly secret: string };

/** The prefix of the routes. */
export function pathOf(admission: Admission): string {
  return admission.kind === 'token' ? '' : '/:secret';
}

/** Checks before the body is read. */
export const admitted = fp(
  (
    app: FastifyInstance,
    { admission }: { readonly admission: Admission },
    done: (error?: Error) => void,
  ) => {
    if (admission.kind === 'token') {
      const check = createTokenCheck(admission);
      app.addHook('onRequest', async ({ headers, routeOptions }) => {
        const [scheme = '', token = ''] = (headers.authorization ?? '').split(/[ \t]+/);
        if (scheme.toLowerCase() !== 'bearer') throw new CodecRefusal('unauthorised');
        await check(token, routeOptions.url?.endsWith('/encode') === true ? 'write' : 'read');
      });
    } else {
      const isRight = createSecretCheck([admission.secret]);
      app.addHook<{ Params: { readonly secret?: string } }>(
        'onRequest',
        (request, _reply, next) => {
          if (!isRight(request.params.secret ?? '')) throw new CodecRefusal('no-such-route');
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

/** Refuses DNS rebinding: a page whose own host name resolves to this machine calls by that name. */
function assertLocalHost({ headers, socket }: FastifyRequest): void {
  const port = String(socket.localPort);
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!ours.includes(headers.host ?? '')) throw new CodecRefusal('host-refused');
}
