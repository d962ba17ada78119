/** One POST over Node's own HTTP client, since it accepts the agent that filters addresses. */
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Receiver } from './receiver.ts';

/** The body of an answer is ignored. Up to this size it is received, so that the receiver sees no broken connection. */
const MOST_BYTES = 16_384;

export type PostResult =
  /** A redirect is an answer like any other. It is not followed. */
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'refused-target' }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'stopped' }
  /** @property code Node's own, such as ECONNREFUSED */
  | { readonly kind: 'unreachable'; readonly code: string };

/**
 * Never rejects.
 *
 * @param stop ends the request before the receiver has answered
 */
export async function post(
  { url, agent, timeoutMs }: Receiver,
  headers: Readonly<Record<string, string>>,
  body: string,
  stop: AbortSignal,
): Promise<PostResult> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await send(url, { method: 'POST', agent, signal, headers }, body);
    await discardBody(response);
    return { kind: 'answered', status: response.statusCode ?? 0 };
  } catch (error) {
    if (stop.aborted) return { kind: 'stopped' };
    if (signal.aborted) return { kind: 'too-slow' };
    if (isRefusedTarget(error)) return { kind: 'refused-target' };
    return { kind: 'unreachable', code: codeOf(error) };
  }
}

type Options = Parameters<typeof requestSecure>[1];

function send(url: URL, options: Options, body: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  request(url, options, resolve).on('error', reject).end(body);
  return promise;
}

/** The status alone counts, so a body that breaks off changes nothing. */
async function discardBody(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
    }
  } catch {
    // The connection was lost.
  }
}

/** The agent has no error type for its refusal, and its message holds the address. */
function isRefusedTarget(error: unknown): boolean {
  return error instanceof Error && /is not allowed\. Because/.test(error.message);
}

function codeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : 'unknown error';
}
