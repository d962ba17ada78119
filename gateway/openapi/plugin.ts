/** The OpenAPI document, made from the schemas that validate the requests, and the page that shows it. */
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
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
got 503 after \`Retry-After\`. A message that is repeated with the same \`Idempotency-Key\` and the same body is processed only
once. These routes read the key: KEYED_ROUTES.
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
      transformObject: (document) => withKeyedRoutes(shaped(transformObject(document))),
    });
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
    // Browsers request it if a page names no icon.
    app.get('/favicon.ico', { schema: { hide: true } }, (_request, reply) =>
      reply.code(204).send(),
    );
    await app.register((page, _options, done) => {
      // The page parses the host name as part of a URL.
      page.addHook('onRequest', ({ hostname }, _reply, next) => {
        if (!URL.canParse(`http://${hostname}`)) throw new HttpProblem('no-such-route');
        next();
      });
      // The library does not know the path prefix that a proxy removes.
      page.addHook('onSend', (_request, reply, _payload, next) => {
        const location = reply.getHeader('location');
        if (location === '/docs/') reply.header('location', basePath(publicUrl) + location);
        next();
      });
      page.addHook('onSend', (_request, reply, _payload, next) => {
        reply.header('content-security-policy', PAGE_POLICY);
        next();
      });
      const options = { schema: { hide: true } };
      const library = onceCalled(() => loadPage(publicUrl));
      page.get('/docs/', options, async ({ url, host }, reply) =>
        passOn(await (await library()).inject({ url, headers: { host } }), reply),
      );
      // The script has 5 MB: all downloads share one copy.
      const script = onceCalled(async () => (await library()).inject(SCRIPT));
      page.get(SCRIPT, options, async (_request, reply) => passOn(await script(), reply));
      done();
    });
  },
);

const SCRIPT = '/docs/js/scalar.js';

/** Loaded at the first visit: the library, which contains the script, takes 25 MiB of memory. */
async function loadPage(publicUrl: string): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const page = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  await page.register(scalar, {
    routePrefix: '/docs',
    configuration: { ...WITHOUT_THIRD_PARTIES, url: `${basePath(publicUrl)}/openapi.json` },
  });
  return page;
}

function onceCalled<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

type Injected = Awaited<ReturnType<FastifyInstance['inject']>>;

function passOn({ statusCode, headers, rawPayload }: Injected, reply: FastifyReply): FastifyReply {
  const { 'content-type': type, location } = headers;
  if (type !== undefined) reply.header('content-type', type);
  if (location !== undefined) reply.header('location', location);
  return reply.code(statusCode).send(rawPayload);
}

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

const keyed = z.looseObject({
  info: z.looseObject({ description: z.string() }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({ parameters: z.array(z.looseObject({ name: z.string() })).default([]) }),
    ),
  ),
});

/** Lists in the description the routes that have the header. */
function withKeyedRoutes(document: object): Readonly<Record<string, unknown>> {
  const { info, paths } = keyed.parse(document);
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { parameters }]) => parameters.some(({ name }) => name === 'idempotency-key'))
      .map(([method]) => `\`${method.toUpperCase()} ${path}\``),
  );
  const description = info.description.replace('KEYED_ROUTES', routes.join(', '));
  return { ...document, info: { ...info, description } };
}

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
