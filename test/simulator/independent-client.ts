/**
 * A client of AR24's written from docs/ar24-api.md alone: it shares no code with the simulator or
 * with ar24/, so that the two cannot be wrong in the same way.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

export type Json = Readonly<Record<string, unknown>>;

/** An answer, decrypted as in section 1.5. */
export interface Reply {
  readonly http: number;
  readonly encrypted: boolean;
  readonly raw: string;
  readonly json: Json;
  readonly headers: Headers;
}

/** The differences of a call from the usual one. */
export interface Departure {
  /** null: omitted. */
  readonly token?: string | null;
  readonly date?: string | null;
  readonly signature?: string | null;
  readonly encoding?: 'urlencoded' | 'multipart';
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds; default 60. */
  readonly aheadS?: number;
}

export interface Partner {
  readonly apiUrl: string;
  readonly token: string;
  readonly privateKey: string;
  /** Default: the system clock. */
  readonly now?: () => Date;
}

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const iv = (key: string): string => hex(hex(key)).slice(0, 16);

/** Section 1.4. */
export function signatureOf(date: string, key: string): string {
  const cipher = createCipheriv('aes-256-cbc', hex(key).slice(0, 32), iv(key));
  return cipher.update(date, 'utf8', 'base64') + cipher.final('base64');
}

/** Section 1.5. */
export function decrypted(body: string, date: string, key: string): string {
  const decipher = createDecipheriv('aes-256-cbc', hex(date + key).slice(0, 32), iv(key));
  return decipher.update(body, 'base64', 'utf8') + decipher.final('utf8');
}

/** Section 1.3. */
function parisDate(moment: Date): string {
  return moment.toLocaleString('sv-SE', { timeZone: 'Europe/Paris' });
}

/** The `result` of a success. */
export function resultOf({ json }: Reply): Json {
  if (json['status'] !== 'SUCCESS') throw new Error(`no success: ${JSON.stringify(json)}`);
  return { ...(json['result'] as Json) };
}

export class IndependentClient {
  readonly #partner: Partner;

  constructor(partner: Partner) {
    this.#partner = partner;
  }

  async get(path: string, parameters: Readonly<Record<string, string>> = {}, departure = {}) {
    return this.call('GET', path, parameters, departure);
  }

  async post(path: string, parameters: Readonly<Record<string, string>> = {}, departure = {}) {
    return this.call('POST', path, parameters, departure);
  }

  async call(
    method: 'GET' | 'POST',
    path: string,
    parameters: Readonly<Record<string, string>>,
    departure: Departure,
  ): Promise<Reply> {
    const { apiUrl, token, privateKey, now = () => new Date() } = this.#partner;
    const ahead = new Date(now().getTime() + (departure.aheadS ?? 60) * 1000);
    const date = departure.date === undefined ? parisDate(ahead) : departure.date;
    const signature =
      departure.signature === undefined ? signatureOf(date ?? '', privateKey) : departure.signature;
    const sent = Object.entries({
      token: departure.token === undefined ? token : departure.token,
      date,
      ...parameters,
    }).filter((pair): pair is [string, string] => pair[1] !== null);
    const query = method === 'GET' ? `?${new URLSearchParams(sent).toString()}` : '';
    const response = await fetch(new URL(path + query, apiUrl), {
      method,
      headers: { ...(signature !== null && { signature }), ...departure.headers },
      ...(method === 'POST' && { body: form(sent, departure.encoding ?? 'urlencoded') }),
    });
    const raw = await response.text();
    const clear = raw.startsWith('{');
    return {
      http: response.status,
      encrypted: !clear,
      raw,
      json: clear ? json(raw) : json(readable(raw, date ?? '', privateKey)),
      headers: response.headers,
    };
  }
}

function form(sent: [string, string][], encoding: 'urlencoded' | 'multipart') {
  if (encoding === 'urlencoded') return new URLSearchParams(sent);
  const data = new FormData();
  for (const [name, value] of sent) data.append(name, value);
  return data;
}

function readable(raw: string, date: string, key: string): string {
  try {
    return decrypted(raw, date, key);
  } catch {
    return '';
  }
}

/** Empty where nothing can be read. */
function json(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
