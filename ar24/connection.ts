/** Calls AR24: signs, sends, decrypts, judges. */
import { type Answer, classify, type Verdict } from './classify.ts';
import { decryptAnswer, sign } from './crypto.ts';
import { ar24Date } from './date.ts';
import { ENDPOINTS, type EndpointName } from './endpoints.ts';
import { readEnvelope } from './envelope.ts';
import { Ar24NetworkError, Ar24TimeoutError } from './errors/index.ts';
import { exchange } from './exchange.ts';
import type { Settings } from './options.ts';
import { retryAfterMs } from './retry-after.ts';

/** Undefined and empty parameters are not sent: AR24 takes empty for absent. */
export type Params = Readonly<Record<string, string | number | undefined>>;

/**
 * Makes one call and returns the `result` of its answer, unread.
 *
 * A refused date is signed anew once: the clock may have been set, or the request been on its way
 * for minutes, and a request that AR24 refused for its date did nothing.
 *
 * @throws Ar24Failure, or the signal's own reason once it aborts
 */
export async function callAr24(
  settings: Settings,
  call: EndpointName,
  params: Params,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, settings.timeoutMs);
  try {
    let verdict = await attempt(settings, call, params, deadline.signal, signal);
    if (!verdict.ok && verdict.failure.kind === 'clock') {
      verdict = await attempt(settings, call, params, deadline.signal, signal);
    }
    if (!verdict.ok) throw verdict.failure;
    return verdict.result;
  } finally {
    clearTimeout(timer);
  }
}

async function attempt(
  settings: Settings,
  call: EndpointName,
  params: Params,
  deadline: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<Verdict> {
  const endpoint = ENDPOINTS[call];
  // Kept: the very string is part of the key of the answer.
  const date = ar24Date(settings.now(), settings.dateAheadS);
  const seen = await exchange(
    {
      method: endpoint.method,
      url: settings.baseUrl + endpoint.route.slice(1),
      params: new URLSearchParams([
        ['token', settings.token],
        ['date', date],
        ...Object.entries(params)
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([name, value]): [string, string] => [name, String(value)]),
      ]),
      headers: {
        accept: '*/*',
        signature: sign(date, settings.privateKey),
        ...(settings.language !== undefined && { 'accept-language': settings.language }),
      },
      maxAnswerBytes: settings.maxAnswerBytes,
    },
    deadline,
    signal,
  );
  switch (seen.kind) {
    case 'timeout':
      return { ok: false, failure: new Ar24TimeoutError(endpoint, settings.timeoutMs) };
    case 'broken':
      return { ok: false, failure: new Ar24NetworkError(endpoint, seen) };
    case 'answered': {
      const answer: Answer = {
        status: seen.status,
        retryAfterMs: retryAfterMs(seen.retryAfter, settings.now()),
        envelope:
          seen.body === undefined
            ? undefined
            : readEnvelope(seen.body, (body) => decryptAnswer(body, date, settings.privateKey)),
      };
      return classify(call, answer, settings);
    }
  }
}
