/** The keys of the partner's programs. They are random, stored as hashes, and each has scopes. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { findBySecret, hashOfSecret } from '../codec/secret-check.ts';
import type { StreamClaims, StreamTokens } from './links/stream-tokens.ts';
import { HttpProblem } from './problems/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that a key needs for the route. */
    scope?: Scope | 'any';
    /** Whether a token of one onboarding in the query (`token`) may take the place of a key. */
    streamToken?: true;
  }
  interface FastifyRequest {
    apiKey: ApiKey | null;
    /** Set if the request has no key, but a valid token for this onboarding. */
    streamToken: StreamClaims | null;
  }
}

export const SCOPES = ['start', 'read', 'operate', 'override', 'erase'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  /** The program that has the key. It is recorded as the actor of each request. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Of the key itself, which is stored nowhere. */
  readonly hash: string;
}

const PREFIX = 'onb_';
const SECRET_BYTES = 32;
const WRITTEN = /^([A-Za-z0-9_-]{1,40}):([a-z+]{1,60}):([0-9a-f]{64})$/;
/** A longer text is none of our keys, and is not hashed. */
const LONGEST = 200;

/** A new key, and the form in which it is configured. The key itself is stored nowhere. */
export function createApiKey(
  name: string,
  scopes: readonly Scope[],
): { readonly key: string; readonly written: string } {
  const key = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  return { key, written: writtenApiKey(name, scopes, key) };
}

/** An existing key in the form in which it is configured. */
export function writtenApiKey(name: string, scopes: readonly Scope[], key: string): string {
  return `${name}:${scopes.join('+')}:${hashOfSecret(key)}`;
}

/**
 * Parses configured keys: `NAME:SCOPE+SCOPE:HASH`, separated by commas or blanks.
 *
 * @throws TypeError with the position of the key, and without its hash
 */
export function parseApiKeys(written: string): readonly ApiKey[] {
  const keys = written
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map(parseApiKey);
  const hashes = new Set(keys.map(({ hash }) => hash));
  if (hashes.size < keys.length) throw new TypeError('two keys have the same hash');
  return keys;
}

function parseApiKey(written: string, index: number): ApiKey {
  const [, name = '', scopeNames = '', hash = ''] = WRITTEN.exec(written) ?? [];
  const scopes = scopeNames.split('+');
  const known = SCOPES.filter((scope) => scopes.includes(scope));
  if (hash === '' || known.length !== new Set(scopes).size) {
    throw new TypeError(
      `key ${index + 1} is not written NAME:SCOPES:SHA256, with scopes of ${SCOPES.join('+')}: ` +
        '`onboard key create` prints one',
    );
  }
  return { name, scopes: known, hash };
}

interface Authentication {
  readonly keys: readonly ApiKey[];
  readonly streamTokens: StreamTokens;
}

const tokenQuery = z.object({ token: z.string() });
const referenceParams = z.object({ reference: z.string() });

const NO_TOKEN =
  'The token has expired, or belongs to another onboarding. Let your server make another one.';

/** Accepts only requests whose key has the scope of the route. A route without a scope is a bug. */
export const authenticated = fp(
  (app: FastifyInstance, { keys, streamTokens }: Authentication, done) => {
    app.decorateRequest('apiKey', null);
    app.decorateRequest('streamToken', null);
    app.addHook('onRoute', ({ config, url }) => {
      if (config?.scope === undefined) throw new Error(`${url} has no scope`);
    });
    app.addHook('onRequest', async (request, reply) => {
      const { authorization } = request.headers;
      const { scope, streamToken } = request.routeOptions.config;
      const { data: query } = tokenQuery.safeParse(request.query);
      if (streamToken === true && query !== undefined && authorization === undefined) {
        // A page of any origin may read the answer: only the token lets it in, and no cookie.
        reply.header('access-control-allow-origin', '*');
        const { reference } = referenceParams.parse(request.params);
        request.streamToken = (await streamTokens.open(query.token, reference)) ?? null;
        if (request.streamToken === null)
          throw new HttpProblem('unauthorised', { detail: NO_TOKEN });
        return;
      }
      // Some clients write two blanks or a tab.
      const [scheme = '', presented = ''] = (authorization ?? '').split(/[ \t]+/);
      const tooLong = presented.length > LONGEST;
      const isKey = scheme.toLowerCase() === 'bearer' && presented !== '' && !tooLong;
      const key = isKey ? findBySecret(keys, presented) : undefined;
      if (key === undefined) throw new HttpProblem('unauthorised');
      if (scope !== 'any' && (scope === undefined || !key.scopes.includes(scope))) {
        throw new HttpProblem('forbidden', {
          detail: `This takes a key with the scope ${String(scope)}.`,
          members: { scope },
        });
      }
      request.apiKey = key;
    });
    done();
  },
);
