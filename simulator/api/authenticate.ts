import { isSame, verify } from '../../ar24/crypto.ts';
import type { Switches } from '../settings/switches.ts';
import type { Parameters } from './call.ts';
import { parseParisDate } from './paris-date.ts';

/** How far `date` may be in the future, in seconds (docs/ar24-api.md 1.3). */
const AHEAD_S = 600;

/** The parts of a call that authenticate it. */
export interface Credentials {
  readonly parameters: Parameters;
  /** The header. */
  readonly signature: string | undefined;
}

/** The values that credentials are checked against. */
export interface Expected {
  readonly token: string;
  readonly privateKey: string;
  readonly switches: Switches;
  readonly now: Date;
  readonly dates: DateReuse;
}

/** The slug of the refusal if the credentials are wrong (docs/ar24-api.md 7.4), or undefined. */
export function refusalSlug(credentials: Credentials, expected: Expected): string | undefined {
  const token = (): string | undefined => wrongToken(credentials, expected);
  const date = (): string | undefined => wrongDate(credentials, expected);
  const [first, second] =
    expected.switches.checkOrder === 'token-first' ? [token, date] : [date, token];
  return (
    first() ??
    second() ??
    wrongSignature(credentials, expected) ??
    reusedDate(credentials, expected)
  );
}

function wrongToken({ parameters }: Credentials, expected: Expected): string | undefined {
  const token = parameters.get('token');
  if (token === undefined) return 'token_missing';
  return isSame(token, expected.token) ? undefined : 'token_invalid';
}

function wrongDate({ parameters }: Credentials, { switches, now }: Expected): string | undefined {
  const date = parameters.get('date');
  if (date === undefined) return switches.requireSignature ? 'empty_date' : undefined;
  const moments = read(parseParisDate(date), switches.repeatedHour);
  if (moments.length === 0) return 'invalid_date';
  // `date` has no milliseconds: the current second counts as now.
  const nowS = Math.floor(now.getTime() / 1000);
  const aheadS = moments.map((moment) => moment.getTime() / 1000 - nowS);
  if (aheadS.some((s) => s >= -switches.pastToleranceS && s <= AHEAD_S)) return undefined;
  return aheadS.every((s) => s > AHEAD_S) ? 'date_in_future' : 'expired_date';
}

/** @param moments the earlier one first */
function read(moments: readonly Date[], as: Switches['repeatedHour']): readonly Date[] {
  switch (as) {
    case 'either':
      return moments;
    case 'first':
      return moments.slice(0, 1);
    case 'second':
      return moments.slice(-1);
  }
}

function wrongSignature(
  { parameters, signature }: Credentials,
  { switches, privateKey }: Expected,
): string | undefined {
  const date = parameters.get('date');
  if (signature === undefined || signature === '' || date === undefined) {
    return switches.requireSignature ? 'empty_signature' : undefined;
  }
  return verify(signature, date, privateKey) ? undefined : switches.wrongSignatureSlug;
}

function reusedDate({ parameters }: Credentials, expected: Expected): string | undefined {
  const { switches, now, dates } = expected;
  const date = parameters.get('date');
  if (!switches.rejectDateReuse || date === undefined) return undefined;
  const reused = dates.use(date, now, AHEAD_S + switches.pastToleranceS);
  return reused ? switches.dateReuseSlug : undefined;
}

/** Remembers the dates of signed calls, for an AR24 that accepts each date once (docs/ar24-api.md 10, item 7). */
export class DateReuse {
  /** Date as it was sent, and the time after which it is forgotten, in ms since the epoch. */
  readonly #seen = new Map<string, number>();

  /** @returns whether the date had been used before */
  use(date: string, now: Date, keepForS: number): boolean {
    for (const [old, until] of this.#seen) if (until < now.getTime()) this.#seen.delete(old);
    const reused = this.#seen.has(date);
    this.#seen.set(date, now.getTime() + keepForS * 1000);
    return reused;
  }
}
