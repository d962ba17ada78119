/** Requests with any headers, including those that `fetch` does not let through. */
import { request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function callCodec(
  url: string,
  { method = 'POST', headers = {}, body }: RequestOptions = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(url, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
    sent.on('error', reject).on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    sent.end(body);
  });
}

export function codeIn({ status, text }: Answer): readonly [number, unknown] {
  return [status, (JSON.parse(text) as { readonly code?: unknown }).code];
}
