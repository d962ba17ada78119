import type { Switches } from '../settings/switches.ts';
import type { WebhookAttempt } from '../state/ledger.ts';

export interface Sending {
  readonly url: string;
  readonly encoding: Switches['webhookEncoding'];
  readonly fields: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Sends one request. Never throws: a failure is an outcome. */
export async function send(sending: Sending): Promise<WebhookAttempt['outcome']> {
  const { url, encoding, fields, timeoutMs } = sending;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([timeout, sending.signal]),
      ...(encoding === 'json'
        ? { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } }
        : { body: new URLSearchParams(fields) }),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return timeout.aborted ? 'timeout' : 'unreachable';
  }
}
