/** Listens for AR24's webhooks, and keeps names and kinds of their fields, never their values. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isJson, type Json } from './answer.ts';
import type { Webhook } from './findings.ts';

const MOST_BYTES = 65_536;
const CHECK_MS = 50;
const DATE = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}/;
const FIELD = /^[\w.-]{1,64}$/;

/** The values by which a field is recognized. They are compared only. */
export interface Known {
  readonly id: string;
  readonly email: string;
  readonly customRef: string;
}

export class WebhookListener {
  readonly #server: Server;
  readonly #shapes: Webhook[] = [];
  #known: Known | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#receive(request)
        .catch(() => 400)
        .then((status) => {
          response.writeHead(status).end();
        });
    });
  }

  /** @throws the system's error where it cannot listen */
  static async listen(host: string, port: number): Promise<WebhookListener> {
    const listener = new WebhookListener();
    await new Promise<void>((resolve, reject) => {
      listener.#server.once('error', reject).listen(port, host, resolve);
    });
    return listener;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** How many webhooks have come so far. */
  get count(): number {
    return this.#shapes.length;
  }

  /** The webhooks from the given one on. */
  since(count: number): readonly Webhook[] {
    return this.#shapes.slice(count);
  }

  /** Webhooks from now on are about this account. */
  expect(known: Known): void {
    this.#known = known;
  }

  /** @returns whether a webhook came after the given number of them */
  async wait(count: number, ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    while (this.count <= count && performance.now() < end) await pause(CHECK_MS);
    return this.count > count;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  /** @returns the HTTP status of the answer */
  async #receive(request: IncomingMessage): Promise<number> {
    const body = await bodyOf(request);
    const { method = '' } = request;
    if (body === undefined) return 413;
    if (method !== 'POST' && method !== 'PUT' && method !== 'GET') return 405;
    const type = request.headers['content-type'] ?? '';
    const { encoding, fields } =
      method === 'GET' ? fieldsOfQuery(request.url ?? '') : fieldsIn(body, type);
    // Not AR24: whatever is reachable from the internet gets such requests.
    if (Object.keys(fields).length === 0) return 404;
    const contents = Object.entries(fields)
      .filter(([name]) => FIELD.test(name))
      .map(([name, value]) => [name, contentOf(value, this.#known)]);
    this.#shapes.push({
      method,
      encoding,
      fields: Object.fromEntries(contents) as Webhook['fields'],
    });
    return 200;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function fieldsOfQuery(path: string): ReturnType<typeof fieldsIn> {
  const { searchParams } = new URL(path, 'http://localhost');
  return { encoding: 'urlencoded', fields: Object.fromEntries(searchParams) };
}

function fieldsIn(
  body: string,
  contentType: string,
): { readonly encoding: Webhook['encoding']; readonly fields: Json } {
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { encoding: 'urlencoded', fields: Object.fromEntries(new URLSearchParams(body)) };
  }
  try {
    const json: unknown = JSON.parse(body);
    if (isJson(json)) return { encoding: 'json', fields: json };
  } catch {
    // Neither form nor JSON.
  }
  return { encoding: 'other', fields: {} };
}

function contentOf(value: unknown, known: Known | undefined): Webhook['fields'][string] {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') return 'other';
  if (text === known?.id) return 'id';
  if (text.toLowerCase() === known?.email.toLowerCase()) return 'email';
  if (text === known?.customRef) return 'custom_ref';
  if (DATE.test(text)) return 'date';
  if (/^-?\d+(\.\d+)?$/.test(text)) return 'number';
  return /^[a-z][a-z_-]{1,63}$/i.test(text) ? 'word' : 'other';
}
