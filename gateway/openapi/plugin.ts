/** The document that partners integrate by, made from the schemas that check their requests. */
import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod';
import { basePath } from '../page/paths.ts';
import { Problem } from '../problems/problem.ts';
import { DESCRIPTION } from './description.ts';
import { NOTIFICATIONS } from './notifications.ts';

export const openapi = fp(
  async (app: FastifyInstance, { publicUrl }: { readonly publicUrl: string }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'sender-onboarding', version: '1', description: DESCRIPTION },
        servers: [{ url: publicUrl }],
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
        security: [{ key: [] }],
        webhooks: NOTIFICATIONS,
      },
      transform: createJsonSchemaTransform({ zodToJsonConfig: SCHEMAS }),
      transformObject: createJsonSchemaTransformObject({ zodToJsonConfig: SCHEMAS }),
    });
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
    // Browsers ask for one wherever no page names another.
    app.get('/favicon.ico', { schema: { hide: true } }, (_request, reply) =>
      reply.code(204).send(),
    );
    await app.register(async (page) => {
      // The page reads it as an address.
      page.addHook('onRequest', ({ hostname }, _reply, next) => {
        if (!URL.canParse(`http://${hostname}`)) throw new Problem('no-such-route');
        next();
      });
      // It knows of no path that a proxy has taken off.
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
      // A text would be copied for each who loads it, and kept as long as he takes: the script has 5 MB.
      function sharedCopy(route = '', text: string): Buffer {
        const copy = copies.get(route) ?? Buffer.from(text);
        if (route.endsWith('.js')) copies.set(route, copy);
        return copy;
      }
      await page.register(scalar, {
        routePrefix: '/docs',
        configuration: { ...WITHOUT_ANYBODY_ELSE, url: `${basePath(publicUrl)}/openapi.json` },
      });
    });
  },
);

/** Zod writes `readonly`, which is about our own code, as if nobody might send it. */
const SCHEMAS = {
  override: ({ jsonSchema }: { readonly jsonSchema: { readOnly?: boolean } }) => {
    delete jsonSchema.readOnly;
  },
};

/** What the page's makers would have people call is left out: it shows this API, and calls it alone. */
const WITHOUT_ANYBODY_ELSE = {
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  documentDownloadType: 'json',
} as const;

/** The page's own script makes its styles itself; nothing comes from elsewhere. */
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
