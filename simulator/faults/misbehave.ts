import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { bodyOf, MAINTENANCE, refused, type Body } from '../api/answer.ts';
import type { ApiLanguage } from '../api/language.ts';
import type { Context } from '../context.ts';
import { type Route, MALFORMED_SHAPES, type MalformedShape } from '../settings/faults.ts';
import type { Random } from './fault-draws.ts';

/** A call that faults may strike. */
export interface Struck {
  readonly context: Context;
  readonly route: Route;
  readonly reply: FastifyReply;
  readonly language: ApiLanguage;
}

/**
 * Applies the faults that prevent the effect of a call.
 *
 * @returns true if a fault struck; the call is then answered, or never will be
 */
export async function misbehaveBefore(struck: Struck): Promise<boolean> {
  if (!(await delay(struck))) return true;
  const { context, route, reply } = struck;
  const { faults } = context;
  const now = context.now();
  if (faults.draw('hang', route, now) !== undefined) {
    reply.hijack();
    if (!reply.raw.destroyed) await once(reply.raw, 'close');
    return true;
  }
  if (faults.draw('reset', route, now) !== undefined) {
    reply.hijack();
    reply.raw.socket?.resetAndDestroy();
    return true;
  }
  return answerBefore(struck, now);
}

/**
 * Applies the faults that spoil the answer to a call after its effect.
 *
 * @returns true if a fault struck
 */
export function misbehaveAfter({ context, route, reply }: Struck, body: Body): boolean {
  const { faults } = context;
  const now = context.now();
  if (faults.draw('loseAnswer', route, now) !== undefined) {
    reply.hijack();
    reply.raw.socket?.destroy();
    return true;
  }
  const failure = faults.draw('http5xxAfter', route, now);
  if (failure !== undefined) {
    sendFailure(reply, failure.status ?? 502);
    return true;
  }
  const spoilt = faults.draw('malformed', route, now);
  if (spoilt === undefined) return false;
  sendBody(reply, malformed(body, spoilt.shape, faults.random));
  return true;
}

/** Sends a body with HTTP 200, also for an error, as AR24 does (docs/ar24-api.md 1.6). */
export function sendBody(reply: FastifyReply, { contentType, text }: Body): void {
  void reply.code(200).header('content-type', contentType).send(text);
}

/** @returns false if the simulator was stopped meanwhile, which ended the call */
async function delay({ context, route, reply }: Struck): Promise<boolean> {
  const { faults, stopping } = context;
  const fault = faults.draw('latencyMs', route, context.now());
  if (fault === undefined) return true;
  const ms = fault.min + faults.random() * (fault.max - fault.min);
  // The call is carried out even if the client has given up, as on a real server.
  await sleep(ms, undefined, { signal: stopping }).catch(() => undefined);
  if (!stopping.aborted) return true;
  reply.hijack();
  reply.raw.destroy();
  return false;
}

function answerBefore({ context, route, reply, language }: Struck, now: Date): boolean {
  const { faults } = context;
  const throttle = faults.draw('throttle', route, now);
  if (throttle !== undefined) {
    const { status = 429, retryAfter = 1 } = throttle;
    if (retryAfter !== null) void reply.header('retry-after', String(retryAfter));
    sendFailure(reply, status);
    return true;
  }
  const failure = faults.draw('http5xx', route, now);
  if (failure !== undefined) {
    sendFailure(reply, failure.status ?? 500);
    return true;
  }
  if (faults.draw('maintenance', route, now) !== undefined) {
    sendBody(reply, MAINTENANCE);
    return true;
  }
  const unknown = faults.draw('unknownSlug', route, now);
  if (unknown === undefined) return false;
  sendBody(reply, bodyOf(refused(unknown.slug ?? 'unheard_of_simulated'), language, undefined));
  return true;
}

/** Answers as a proxy in front of AR24 would. */
function sendFailure(reply: FastifyReply, status: number): void {
  void reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(`<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>\n`);
}

/** Makes a malformed answer from the right one. */
function malformed(body: Body, shape: MalformedShape | undefined, random: Random): Body {
  const { contentType, text } = body;
  const drawn = MALFORMED_SHAPES[Math.floor(random() * MALFORMED_SHAPES.length)];
  const chosen = shape ?? drawn ?? 'empty';
  switch (chosen) {
    case 'garbage-base64':
      return { contentType, text: garbage(random) };
    case 'truncated-base64':
      // An answer in clear is no base64; it is cut too.
      return { contentType, text: text.slice(0, Math.floor(text.length / 2)) };
    case 'html':
      return { contentType: 'text/html; charset=utf-8', text: '<html><body>Error</body></html>' };
    case 'not-an-object':
      return { contentType, text: '["SUCCESS"]' };
    case 'truncated-json':
      return { contentType, text: '{"status":"SUCCESS","result":{"id":10' };
    case 'no-status':
      return { contentType, text: '{"result":{}}' };
    case 'empty':
      return { contentType, text: '' };
  }
}

/** Well-formed base64 of whole cipher blocks that no key decrypts. */
function garbage(random: Random): string {
  return Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256))).toString(
    'base64',
  );
}
