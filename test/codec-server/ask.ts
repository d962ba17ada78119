/** Requests as anything may send them: headers that `fetch` keeps to itself, too. */
import { request, type IncomingHttpHeaders } from 'node:http';

export interface Asked {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function ask(url: string, { method = 'POST', headers = {}, body }: Question = {}) {
  return new Promise<Asked>((resolve, reject) => {
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

export function codeIn({ status, text }: Asked): readonly [number, unknown] {
  return [status, (JSON.parse(text) as { readonly code?: unknown }).code];
}
