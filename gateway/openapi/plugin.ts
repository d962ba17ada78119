/** The OpenAPI document, made from the schemas that validate the requests, and the page that shows it. */
import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { z } from 'zod';
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod';
import { basePath } from '../page/paths.ts';
import { HttpProblem } from '../problems/problem.ts';
import { NOTIFICATIONS } from './notifications.ts';
import { shaped } from './shape.ts';
import { API_VERSION } from './version.ts';

const DESCRIPTION = `
Brings your customers ("senders") to the point where they can send registered e-mail through AR24.

1. **Start** with \`PUT /onboardings/{reference}\`. The reference is your own opaque name of the sender, never an address.
   The same request may be repeated at any time.
2. **Give the person a link** to the sender's page, from \`POST /onboardings/{reference}/links\`. There they
   fill in the form, if one is needed, and see what to do.
3. **Follow** the onboarding: by notifications to your server (ONBOARDING_NOTIFY_URL), by
   \`GET /onboardings/{reference}/events\` (server-sent events), or by reading
   \`GET /onboardings/{reference}\` now and then. It ends as \`ready\`, \`refused\`, \`expired\` or
   \`cancelled\`. **Store the outcome on your side**: Temporal deletes ended onboardings after its retention.

Send \`Authorization: Bearer onb_…\`. Every failure is a problem (RFC 9457) with a stable \`code\`. Repeat a request that
got 503 after \`Retry-After\`. Writes with an \`Idempotency-Key\` are processed only once.
`.trim();

export const openapi = fp(
  async (app: FastifyInstance, { publicUrl }: { readonly publicUrl: string }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'sender-onboarding', version: API_VERSION, description: DESCRIPTION },
        servers: [{ url: publicUrl }],
        components: { securitySchemes: SECURITY },
        security: [{ key: [] }],
        webhooks: NOTIFICATIONS,
      },
      transform: createJsonSchemaTransform({ zodToJsonConfig: SCHEMAS }),
      transformObject: (document) => shaped(transformObject(document)),
    });
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
    // Browsers request it if a page names no icon.
    app.get('/favicon.ico', { schema: { hide: true } }, (_request, reply) =>
      reply.code(204).send(),
    );
    await app.register(async (page) => {
      // The page parses the host name as part of a URL.
      page.addHook('onRequest', ({ hostname }, _reply, next) => {
        if (!URL.canParse(`http://${hostname}`)) throw new HttpProblem('no-such-route');
        next();
      });
      // The library does not know the path prefix that a proxy removes.
      page.addHook('onSend', (_request, reply, _payload, done) => {
        const location = reply.getHeader('location');
        if (location === '/docs/') reply.header('location', basePath(publicUrl) + location);
        done();
      });
      const copies = new Map<string, Buffer>();
      page.addHook('onSend', ({ routeOptions }, reply, payload, done) => {
        reply.header('content-security-policy', PAGE_POLICY);
        done(null, typeof payload === 'string' ? sharedCopy(routeOptions.url, payload) : payload);
      });
      // A text would be copied for each download and held until its end, and the script has 5 MB.
      function sharedCopy(route = '', text: string): Buffer {
        const copy = copies.get(route) ?? Buffer.from(text);
        if (route.endsWith('.js')) copies.set(route, copy);
        return copy;
      }
      await page.register(scalar, {
        routePrefix: '/docs',
        configuration: { ...WITHOUT_THIRD_PARTIES, url: `${basePath(publicUrl)}/openapi.json` },
      });
    });
  },
);

const SECURITY = {
  key: { type: 'http', scheme: 'bearer', description: 'an API key: `onb_…`' },
  streamToken: {
    type: 'apiKey',
    in: 'query',
    name: 'token',
    description: 'from `POST /onboardings/{reference}/stream-tokens`, for browsers',
  },
} as const;

/**
 * Zod turns `readonly`, which concerns our own code, into `readOnly`, which forbids clients to send the field. It leaves
 * out the default of a value that is converted, as those of the query are.
 */
const SCHEMAS: Pick<z.core.ToJSONSchemaParams, 'override'> = {
  override: ({ zodSchema, jsonSchema }) => {
    delete jsonSchema.readOnly;
    const { def } = zodSchema._zod;
    if (def.type === 'default') jsonSchema.default ??= def.defaultValue;
    // An answer without a body.
    if (def.type === 'undefined') jsonSchema.type = 'null';
  },
};

const transformObject = createJsonSchemaTransformObject({ zodToJsonConfig: SCHEMAS });

/** The page calls this API only, and no service of the library's vendor. */
const WITHOUT_THIRD_PARTIES = {
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  documentDownloadType: 'json',
} as const;

/** The page's script creates its styles inline. Nothing is loaded from other hosts. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
