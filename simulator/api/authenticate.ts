import { createHash, timingSafeEqual } from 'node:crypto';
import { verify } from '../../ar24/crypto.ts';
import type { Switches } from '../settings/switches.ts';
import type { DateReuse } from './date-reuse.ts';
import type { Parameters } from './parameters.ts';
import { parseParisDate } from './paris-date.ts';

/** How far ahead `date` may lie, in seconds (docs/ar24-api.md 1.3). */
const AHEAD_S = 600;

/** What a call brings to prove who it is from. */
export interface Credentials {
  readonly parameters: Parameters;
  /** The header. */
  readonly signature: string | undefined;
}

/** What it is checked against. */
export interface Gate {
  readonly token: string;
  readonly privateKey: string;
  readonly switches: Switches;
  readonly now: Date;
  readonly dates: DateReuse;
}

/** The slug by which the call is turned away (docs/ar24-api.md 7.4), or undefined. */
export function turnedAway(credentials: Credentials, gate: Gate): string | undefined {
  const token = (): string | undefined => wrongToken(credentials, gate);
  const date = (): string | undefined => wrongDate(credentials, gate);
  const [first, second] =
    gate.switches.checkOrder === 'token-first' ? [token, date] : [date, token];
  return first() ?? second() ?? wrongSignature(credentials, gate) ?? reusedDate(credentials, gate);
}

function wrongToken({ parameters }: Credentials, gate: Gate): string | undefined {
  const token = parameters.get('token');
  if (token === undefined) return 'token_missing';
  return sameText(token, gate.token) ? undefined : 'token_invalid';
}

function wrongDate({ parameters }: Credentials, { switches, now }: Gate): string | undefined {
  const date = parameters.get('date');
  if (date === undefined) return switches.requireSignature ? 'empty_date' : undefined;
  const moments = read(parseParisDate(date), switches.repeatedHour);
  if (moments.length === 0) return 'invalid_date';
  // `date` knows no milliseconds: the second that has begun still counts as now.
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
  { switches, privateKey }: Gate,
): string | undefined {
  const date = parameters.get('date');
  if (signature === undefined || signature === '' || date === undefined) {
    return switches.requireSignature ? 'empty_signature' : undefined;
  }
  return verify(signature, date, privateKey) ? undefined : switches.wrongSignatureSlug;
}

function reusedDate({ parameters }: Credentials, gate: Gate): string | undefined {
  const { switches, now, dates } = gate;
  const date = parameters.get('date');
  if (!switches.rejectDateReuse || date === undefined) return undefined;
  const reused = dates.use(date, now, AHEAD_S + switches.pastToleranceS);
  return reused ? switches.dateReuseSlug : undefined;
}

function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
