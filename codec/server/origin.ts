import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Refusal } from './refusals.ts';

/** A browser asks once in so many seconds whether it may call. */
const PREFLIGHT_MAX_AGE_S = 600;

export interface OriginOptions {
  /** Of Temporal's UI, such as `https://temporal.example.org`. */
  readonly origins: readonly string[];
}

/**
 * Of pages only the UI's may call; what sends no origin is no page, such as Temporal's CLI. CORS by
 * itself keeps other pages from reading answers only: here they are not answered at all.
 */
export const onlyFromTheUi = fp(async (app: FastifyInstance, { origins }: OriginOptions) => {
  app.addHook('onRequest', ({ headers }, _reply, next) => {
    const { origin } = headers;
    if (origin !== undefined && !origins.includes(origin)) throw new Refusal('origin-refused');
    next();
  });
  await app.register(cors, {
    origin: [...origins],
    methods: ['POST'],
    allowedHeaders: ['content-type', 'authorization', 'authorization-extras', 'x-namespace'],
    // The UI may be told to send cookies along (TEMPORAL_CODEC_INCLUDE_CREDENTIALS), for a proxy before.
    credentials: true,
    maxAge: PREFLIGHT_MAX_AGE_S,
  });
});
