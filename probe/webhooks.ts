/**
 * Listens for AR24's webhooks. The report gets names and kinds of their fields, never their values: these stay in memory,
 * to recognize the account that a webhook is about.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from './addresses.ts';
import { isJson } from './answer.ts';
import type { Findings, Webhook, WebhookEvent } from './findings.ts';

const MOST_BYTES = 65_536;
/** Whatever is reachable from the internet gets requests of scanners. */
const MOST_RECEIVED = 1_000;
const MOST_UNKNOWN = 20;
const CHECK_MS = 50;
const DATE = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}/;
const FIELD = /^[\w.-]{1,64}$/;

/** The values by which an account is recognized. They are compared only. Empty: not known. */
export interface Known {
  readonly id: string;
  readonly email: string;
  readonly customRef: string;
}

interface Received {
  readonly method: Webhook['method'];
  readonly encoding: Webhook['encoding'];
  /** By the path of the field. */
  readonly values: ReadonlyMap<string, string>;
}

/** A click of the operator. */
interface Act {
  readonly role: Role;
  readonly event: WebhookEvent;
  /** What was received before it. */
  readonly from: number;
}

/** Words of AR24's that would name the event. They are guesses: the webhooks about accounts are not public. */
const HINTS: Readonly<Record<WebhookEvent, RegExp>> = {
  access_refused: /refus|reject|den(?:y|ied)/i,
  access_granted: /grant|attach/i,
  email_confirmed: /confirm/i,
  terms_accepted: /cgu|terms|eula/i,
};

export class WebhookListener {
  readonly #server: Server;
  readonly #received: Received[] = [];
  readonly #acts: Act[] = [];
  readonly #known = new Map<Role, Known>();

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

  /** The operator is about to act. */
  begin(role: Role, event: WebhookEvent): void {
    this.#acts.push({ role, event, from: this.#received.length });
  }

  /** The account of a role, as far as it is known. Webhooks that came before are recognized by it too. */
  learn(role: Role, known: Known): void {
    this.#known.set(role, known);
  }

  /** Waits for a webhook about the last act, or one that may be about it. */
  async wait(ms: number): Promise<void> {
    const end = performance.now() + ms;
    const event = this.#acts.at(-1)?.event;
    while (event !== undefined && performance.now() < end) {
      if (this.found().events[event] !== false) return;
      await pause(CHECK_MS);
    }
  }

  /** Everything that came, by the acts. */
  found(): NonNullable<Findings['webhooks']> {
    const came = new Set<Act>();
    const shapes = new Map<string, Webhook>();
    const unknownCallers = new Map<string, Webhook>();
    /** Acts during which something came that may be about them. */
    const unclear = new Set<Act>();
    this.#received.forEach((one, index) => {
      const role = this.#roleOf(one);
      const before = this.#acts.filter(({ from }) => from <= index);
      const shape = this.#shapeOf(one, role);
      if (role === undefined) {
        if (unknownCallers.size < MOST_UNKNOWN) unknownCallers.set(JSON.stringify(shape), shape);
        const last = before.at(-1);
        if (last !== undefined && !this.#known.get(last.role)?.id) unclear.add(last);
        return;
      }
      shapes.set(JSON.stringify(shape), shape);
      const act = actOf(
        one,
        before.filter((act) => act.role === role),
      );
      if (act !== undefined) came.add(act);
    });
    const events = this.#acts
      .filter((act) => came.has(act) || !unclear.has(act))
      .map((act) => [act.event, came.has(act)]);
    return {
      events: Object.fromEntries(events) as NonNullable<Findings['webhooks']>['events'],
      shapes: [...shapes.values()],
      unknownCallers: [...unknownCallers.values()],
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #roleOf({ values }: Received): Role | undefined {
    const all = [...values.values()];
    return [...this.#known].find(([, known]) =>
      all.some((value) => ['id', 'email', 'custom_ref'].includes(contentOf(value, known))),
    )?.[0];
  }

  #shapeOf({ method, encoding, values }: Received, role: Role | undefined): Webhook {
    const known = role === undefined ? undefined : this.#known.get(role);
    const contents = [...values]
      .filter(([name]) => encoding !== 'other' && FIELD.test(name))
      .map(([name, value]) => [name, contentOf(value, known)]);
    return { method, encoding, fields: Object.fromEntries(contents) as Webhook['fields'] };
  }

  /** @returns the HTTP status of the answer */
  async #receive(request: IncomingMessage): Promise<number> {
    const body = await bodyOf(request);
    const { method = '', url = '' } = request;
    if (body === undefined) return 413;
    if (method !== 'POST' && method !== 'PUT' && method !== 'GET') return 405;
    const query = new URL(url, 'http://localhost').searchParams;
    const { encoding, values } =
      method === 'GET'
        ? ({ encoding: 'urlencoded', values: [] } as const)
        : valuesIn(body, request.headers['content-type'] ?? '');
    const all = new Map([...query, ...values]);
    // Not AR24.
    if (all.size === 0) return 404;
    if (this.#received.length >= MOST_RECEIVED) return 429;
    this.#received.push({ method, encoding, values: all });
    return 200;
  }
}

/** The act that a webhook is about: that which its words name, or else the last one. A late one names an earlier act. */
function actOf({ values }: Received, acts: readonly Act[]): Act | undefined {
  const words = [...values.values()].filter((value) => contentOf(value) === 'word');
  const named = acts.filter(({ event }) => words.some((word) => HINTS[event].test(word)));
  const isOfAnotherAct =
    named.length === 0 &&
    Object.values(HINTS).some((hint) => words.some((word) => hint.test(word)));
  if (isOfAnotherAct) return undefined;
  return (named.length === 1 ? named : acts).at(-1);
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

type Values = readonly (readonly [string, string])[];

function valuesIn(
  body: string,
  contentType: string,
): { readonly encoding: Webhook['encoding']; readonly values: Values } {
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { encoding: 'urlencoded', values: [...new URLSearchParams(body)] };
  }
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null)
      return { encoding: 'json', values: leaves(json) };
  } catch {
    // Neither form nor JSON: its words are compared all the same.
  }
  const words = body.match(/[\w.@+-]+/g) ?? [];
  return { encoding: 'other', values: words.map((word, index) => [String(index), word]) };
}

/** Every value in JSON, by its path: `user.id`. */
function leaves(value: unknown, path = ''): Values {
  const members = Array.isArray(value) || isJson(value) ? Object.entries(value) : [];
  if (members.length > 0) {
    return members.flatMap(([name, one]) => leaves(one, path === '' ? name : `${path}.${name}`));
  }
  const text = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
  return path === '' ? [] : [[path, text]];
}

function contentOf(text: string, known?: Known): Webhook['fields'][string] {
  if (text === '') return 'other';
  if (text === known?.id) return 'id';
  if (text.toLowerCase() === known?.email.toLowerCase()) return 'email';
  if (text === known?.customRef) return 'custom_ref';
  if (DATE.test(text)) return 'date';
  if (/^-?\d+(\.\d+)?$/.test(text)) return 'number';
  return /^[a-z][a-z_-]{1,63}$/i.test(text) ? 'word' : 'other';
}
