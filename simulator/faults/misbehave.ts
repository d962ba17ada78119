import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { bodyOf, MAINTENANCE, refused, type Body } from '../api/answer.ts';
import type { Language } from '../api/language.ts';
import type { Context } from '../context.ts';
import type { Route } from '../settings/routes.ts';
import { malformed } from './malformed.ts';

/** The call that a fault may strike. */
export interface Struck {
  readonly context: Context;
  readonly route: Route;
  readonly reply: FastifyReply;
  readonly language: Language;
}

/**
 * Lets the faults strike that keep a call from having any effect.
 *
 * @returns whether one did, and so has answered the call, or left it without an answer
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
 * Lets the faults strike that spoil the answer to a call which has had its effect.
 *
 * @returns whether one did
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

/** Sends a body as AR24 does: with HTTP 200, whatever it says (docs/ar24-api.md 1.6). */
export function sendBody(reply: FastifyReply, { contentType, text }: Body): void {
  void reply.code(200).header('content-type', contentType).send(text);
}

/** @returns false if the simulator was stopped meanwhile, and the call with it */
async function delay({ context, route, reply }: Struck): Promise<boolean> {
  const { faults, stopping } = context;
  const fault = faults.draw('latencyMs', route, context.now());
  if (fault === undefined) return true;
  const ms = fault.min + faults.random() * (fault.max - fault.min);
  // A client that has given up is served all the same, as a real server would.
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

/** As a proxy in front of AR24 might. */
function sendFailure(reply: FastifyReply, status: number): void {
  void reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(`<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>\n`);
}
