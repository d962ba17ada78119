import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './refusals.ts';

/** In constant time, whatever was presented. */
export function createSecretCheck(secret: string): (presented: string) => boolean {
  const expected = hashOf(secret);
  return (presented) => timingSafeEqual(hashOf(presented), expected);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** A page whose name was made to lead to this machine (DNS rebinding) calls by that name. */
export function assertLocalHost({ headers, socket }: FastifyRequest): void {
  const port = String(socket.localPort);
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!ours.includes(headers.host ?? '')) throw new Refusal('host-refused');
}
