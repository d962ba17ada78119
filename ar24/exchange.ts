/** One HTTP exchange, over ky. Failures come back as values: nothing that ky throws gets out. */
import ky from 'ky';
import { causeOf } from './network-cause.ts';
import { readText } from './read-text.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Query of a GET, form body of a POST. */
  readonly params: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxAnswerBytes: number;
}

export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfter: string | null;
      /** Undefined where it was larger than allowed. */
      readonly body: string | undefined;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'broken'; readonly delivered: 'no' | 'unknown'; readonly code?: string };

/**
 * @param deadline ends the exchange as `timeout`
 * @param signal the caller's: when it aborts, its own reason is thrown, as it is
 */
export async function exchange(
  request: HttpRequest,
  deadline: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  try {
    const response = await ky(request.url, {
      method: request.method,
      ...(request.method === 'GET' ? { searchParams: request.params } : { body: request.params }),
      headers: request.headers,
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      // ky's own time-out ends with the headers; ours covers the body too.
      timeout: false,
      retry: 0,
      throwHttpErrors: false,
      // A redirect would carry token and signature elsewhere, or turn a POST into a GET.
      redirect: 'manual',
    });
    return {
      kind: 'answered',
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await readText(response, request.maxAnswerBytes),
    };
  } catch (error) {
    signal?.throwIfAborted();
    return deadline.aborted ? { kind: 'timeout' } : causeOf(error);
  }
}
