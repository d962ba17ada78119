/** Calls to AR24 as the probe needs them: any date, signature and token, and the answer with all its edges. */
import ky from 'ky';
import { sign } from '../ar24/crypto.ts';
import { ar24Date } from '../ar24/date.ts';
import { noAnswer, readAnswer, refusesCredentials, type Answer } from './answer.ts';
import { ProbeDates } from './dates.ts';

export interface Target {
  readonly baseUrl: string;
  readonly token: string;
  readonly privateKey: string;
  readonly timeoutMs: number;
}

/** How a call differs from a correct one. null: left out. */
export interface Departure {
  readonly token?: string | null;
  readonly date?: string | null;
  readonly signature?: string | null;
  readonly language?: string;
}

type Params = Readonly<Record<string, string>>;

/** A read is repeated after this many failures of the network; a write never is. */
const READ_RETRIES = 2;

export class Wire {
  readonly dates = new ProbeDates();
  readonly #target: Target;
  #troubles = 0;

  constructor(target: Target) {
    const { baseUrl } = target;
    this.#target = { ...target, baseUrl: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/` };
  }

  /** How many calls had no proper answer so far. */
  get troubles(): number {
    return this.#troubles;
  }

  /** @param path below the base address, without a leading slash */
  async get(path: string, params: Params = {}, departure: Departure = {}): Promise<Answer> {
    let answer = await this.#call('GET', path, params, departure);
    for (let retry = 0; retry < READ_RETRIES && isLost(answer); retry += 1) {
      answer = await this.#call('GET', path, params, departure);
    }
    return this.#counted(answer, departure);
  }

  /** Sent once. Only `Session.write` calls this, after it has checked the announcement. */
  async post(path: string, params: Params): Promise<Answer> {
    return this.#counted(await this.#call('POST', path, params, {}), {});
  }

  #counted(answer: Answer, { token, date, signature }: Departure): Answer {
    const isWrongOnPurpose = [token, date, signature].some((one) => one !== undefined);
    const trouble = answer.trouble || (!isWrongOnPurpose && refusesCredentials(answer.outcome));
    if (trouble) this.#troubles += 1;
    return { ...answer, trouble };
  }

  async #call(
    method: 'GET' | 'POST',
    path: string,
    params: Params,
    departure: Departure,
  ): Promise<Answer> {
    const { baseUrl, token, privateKey, timeoutMs } = this.#target;
    const date = departure.date === undefined ? ar24Date(await this.dates.next()) : departure.date;
    const signature =
      departure.signature === undefined
        ? date === null
          ? null
          : sign(date, privateKey)
        : departure.signature;
    const sent = Object.entries({
      token: departure.token === undefined ? token : departure.token,
      date,
      ...params,
    }).filter((pair): pair is [string, string] => pair[1] !== null);
    const form = new URLSearchParams(sent);
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await ky(baseUrl + path, {
        method,
        ...(method === 'GET' ? { searchParams: form } : { body: form }),
        headers: {
          accept: '*/*',
          ...(signature !== null && { signature }),
          ...(departure.language !== undefined && { 'accept-language': departure.language }),
        },
        signal: limit,
        timeout: false,
        retry: 0,
        throwHttpErrors: false,
        // A redirect would send token and signature to another host.
        redirect: 'manual',
      });
      return await readAnswer(response, date ?? '', privateKey);
    } catch {
      // ky's errors hold the address with token and e-mail address: they go no further.
      return noAnswer(limit.aborted ? 'timeout' : 'no-answer');
    }
  }
}

/** Whether no answer arrived, so that it is not known what AR24 did. */
export function isLost({ outcome }: Answer): boolean {
  return outcome === 'timeout' || outcome === 'no-answer';
}
