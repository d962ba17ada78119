/** One HTTP exchange, over ky. It returns failures as values: ky's errors hold URLs and must not get out. */
import ky from 'ky';
import { causeOf } from './network-cause.ts';

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
      /** Undefined if it was larger than allowed. */
      readonly body: string | undefined;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'broken'; readonly delivered: 'no' | 'unknown'; readonly code?: string };

/**
 * @param deadline when it aborts, the exchange ends as `timeout`
 * @param signal the caller's; when it aborts, its reason is thrown unchanged
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
      // ky's own time-out ends with the headers; the deadline covers the body too.
      timeout: false,
      retry: 0,
      throwHttpErrors: false,
      // A redirect would send token and signature to another host, or turn a POST into a GET.
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

/**
 * Reads the body as text. The limit counts decompressed bytes, so that a small answer cannot fill the memory.
 *
 * @returns undefined if the body is larger than `maxBytes`
 */
async function readText(
  response: { readonly body: AsyncIterable<Uint8Array> | null },
  maxBytes: number,
): Promise<string | undefined> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
