import type { FastifyBaseLogger } from 'fastify';
import { TemporalUnavailableError } from '../../client/index.ts';

/** Whoever meets one comes again and again, and the reason is mostly the same. */
const TOLD_EVERY_MS = 60_000;

export interface Outages {
  /** Tells in the log why Temporal cannot be used, once in a while; anything else is no matter of it. */
  tell(log: Pick<FastifyBaseLogger, 'warn'>, error: unknown): void;
}

export function createOutages(now: () => number = Date.now): Outages {
  let toldAt = -Infinity;
  let untold = 0;
  return {
    tell(log, error) {
      if (!(error instanceof TemporalUnavailableError)) return;
      if (now() - toldAt < TOLD_EVERY_MS) {
        untold += 1;
        return;
      }
      log.warn({ err: error, untoldBefore: untold }, 'Temporal cannot be used');
      toldAt = now();
      untold = 0;
    },
  };
}
