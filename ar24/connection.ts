/** Makes a call: signs it, sends it, decrypts the answer and classifies it. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, classify, type Verdict } from './classify.ts';
import type { CallDates } from './call-dates.ts';
import { decryptAnswer, sign } from './crypto.ts';
import { ar24Date } from './date.ts';
import { type Endpoint, ENDPOINTS, type EndpointName } from './endpoints.ts';
import { readEnvelope } from './envelope.ts';
import { Ar24NetworkError, Ar24TimeoutError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { ClientSettings } from './options.ts';
import { retryAfterMs } from './retry-after.ts';

/** With each second one more date becomes available. */
const DATE_CHECK_MS = 250;

/** Undefined and empty parameters are not sent: to AR24, empty means absent. */
export type Params = Readonly<Record<string, string | number | undefined>>;

export interface CallOptions {
  /** When it aborts, the call ends and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the method and route before the request is sent, for metrics. */
  readonly onCall?: ((endpoint: Endpoint) => void) | undefined;
}

/**
 * Makes one call and returns the `result` of its answer, not parsed yet.
 *
 * If AR24 refuses the date, the call is signed again and sent once more: the clock may have been set, or the
 * request may have been delayed for minutes. A request that AR24 refused for its date did nothing.
 *
 * @throws Ar24Failure, or the signal's own reason once it aborts
 */
export async function callAr24(
  settings: ClientSettings,
  call: EndpointName,
  params: Params,
  { signal, onCall }: CallOptions = {},
): Promise<unknown> {
  signal?.throwIfAborted();
  onCall?.(ENDPOINTS[call]);
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, settings.timeoutMs);
  try {
    let verdict = await attempt(settings, call, params, 'next', deadline.signal, signal);
    if (!verdict.ok && verdict.failure.kind === 'clock') {
      verdict = await attempt(settings, call, params, 'likeliest', deadline.signal, signal);
    }
    if (!verdict.ok) throw verdict.failure;
    return verdict.result;
  } finally {
    clearTimeout(timer);
  }
}

async function attempt(
  settings: ClientSettings,
  call: EndpointName,
  params: Params,
  which: 'next' | 'likeliest',
  deadline: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<Verdict> {
  const endpoint = ENDPOINTS[call];
  const moment = await nextDate(settings, which, deadline, signal);
  if (moment === undefined) {
    const failure = new Ar24NetworkError(endpoint, { delivered: 'no', code: 'NO_DATE_LEFT' });
    return { ok: false, failure };
  }
  // The same string is needed to decrypt the answer.
  const date = ar24Date(moment);
  const outcome = await exchange(
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
  switch (outcome.kind) {
    case 'timeout':
      return { ok: false, failure: new Ar24TimeoutError(endpoint, settings.timeoutMs) };
    case 'broken':
      return { ok: false, failure: new Ar24NetworkError(endpoint, outcome) };
    case 'answered': {
      const answer: Answer = {
        status: outcome.status,
        retryAfterMs: retryAfterMs(outcome.retryAfter, settings.now()),
        envelope:
          outcome.body === undefined
            ? undefined
            : readEnvelope(outcome.body, (body) => decryptAnswer(body, date, settings.privateKey)),
      };
      return classify(call, answer, settings);
    }
  }
}

/** @returns undefined if no date became available before the deadline */
async function nextDate(
  { dates, now }: { readonly dates: CallDates; readonly now: () => Date },
  which: 'next' | 'likeliest',
  deadline: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<Date | undefined> {
  let moment = dates[which](now());
  while (moment === undefined) {
    try {
      await pause(DATE_CHECK_MS, undefined, {
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      });
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
    moment = dates[which](now());
  }
  return moment;
}
