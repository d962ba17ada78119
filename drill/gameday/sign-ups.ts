/** Single calls of people and programs around a stack. */
import { setTimeout as delay } from 'node:timers/promises';
import { API_KEY } from '../stage/keys.ts';

const ANSWER_WITHIN_MS = 15_000;

interface Call {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The status of the answer; undefined without one. */
export async function statusOf(url: string, call: Call): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { ...call, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

/** An account at the simulator to which the partner has access already. */
export async function attachedAccount(
  simulatorUrl: string,
  email: string,
  customRef: string,
): Promise<void> {
  const status = await statusOf(`${simulatorUrl}/admin/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, attached: true, custom_ref: customRef }),
  });
  if (status !== 201) throw new Error(`the simulator answered ${status ?? 'nothing'}`);
}

/** Starts an onboarding through the API. */
export function start(
  gatewayUrl: string,
  reference: string,
  email: string,
): Promise<number | undefined> {
  return statusOf(`${gatewayUrl}/onboardings/${reference}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email, language: 'fr' }),
  });
}

export interface Repeated {
  /** Waits for the last call. @throws what a call threw */
  readonly stop: () => Promise<void>;
}

/** Makes a call again and again, with a pause before each. */
export function repeat(everyMs: number, call: () => Promise<unknown>): Repeated {
  const stopping = new AbortController();
  const { signal } = stopping;
  const repeating = (async () => {
    for (;;) {
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await call();
    }
  })();
  // `stop` reports this error.
  repeating.catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await repeating;
    },
  };
}
