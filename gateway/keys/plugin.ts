import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../problems/problem.ts';
import { findApiKey, type ApiKey, type Scope } from './api-key.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key has to be good for. */
    scope?: Scope | 'any';
  }
  interface FastifyRequest {
    apiKey: ApiKey | null;
  }
}

/** Longer is no key of ours, and not worth a hash. */
const LONGEST = 200;

/** Lets in who has a key with the scope of the route; a route of this part without a scope is a bug. */
export const authenticated = fp(
  (app: FastifyInstance, { keys }: { readonly keys: readonly ApiKey[] }, done) => {
    app.decorateRequest('apiKey', null);
    app.addHook('onRoute', ({ config, url }) => {
      if (config?.scope === undefined) throw new Error(`${url} has no scope`);
    });
    app.addHook('onRequest', (request, _reply, next) => {
      const [scheme = '', presented = ''] = (request.headers.authorization ?? '').split(' ');
      const tooLong = presented.length > LONGEST;
      const isKey = scheme.toLowerCase() === 'bearer' && presented !== '' && !tooLong;
      const key = isKey ? findApiKey(keys, presented) : undefined;
      if (key === undefined) throw new Problem('unauthorised');
      const { scope } = request.routeOptions.config;
      if (scope !== 'any' && (scope === undefined || !key.scopes.includes(scope))) {
        throw new Problem('forbidden', {
          detail: `This takes a key with the scope ${String(scope)}.`,
          members: { scope },
        });
      }
      request.apiKey = key;
      next();
    });
    done();
  },
);
