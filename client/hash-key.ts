/** Keyed hashes: they find an address again without storing it readable. */
import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { parseNamedKey } from '../codec/named-key.ts';
import type { OnboardingRequest, EmailHash } from '../workflows/contract/index.ts';

const HASH_CHARACTERS = 32;
const VERSION = /^[A-Za-z0-9_-]{1,16}$/;

/** A secret key, and the version that its hashes contain, so that keys can be rotated. */
export interface HashKey {
  readonly version: string;
  /** 32 random bytes. */
  readonly key: Buffer;
}

/** @throws TypeError, without the value, unless it is written `version:base64 of 32 bytes` */
export function parseHashKey(written: string): HashKey {
  const named = parseNamedKey(written.trim(), VERSION);
  if (named === undefined) {
    throw new TypeError('a hash key is written VERSION:BASE64, with 32 bytes in base64');
  }
  return { version: named.name, key: named.key };
}

/** The same hash for all common spellings of an address. */
export function emailHash(email: string, key: HashKey): EmailHash {
  return hash('email', mailboxOf(email), key);
}

/** The hash by each of these keys, so that a search finds the address whichever key was in use. */
export function emailHashes(email: string, keys: readonly HashKey[]): readonly EmailHash[] {
  return keys.map((key) => emailHash(email, key));
}

/** An address in one normal form for all its spellings. */
export function mailboxOf(email: string): string {
  const written = email.trim().normalize('NFC').toLowerCase().normalize('NFC');
  const at = written.lastIndexOf('@') + 1;
  // `exämple.org` and `xn--exmple-cua.org` are one domain, and so one mailbox.
  const domain = domainToASCII(written.slice(at)) || written.slice(at);
  return written.slice(0, at) + domain;
}

/** The same for two equal requests. Reveals nothing of their content. */
export function requestFingerprint(request: OnboardingRequest, key: HashKey): string {
  return hash('request', JSON.stringify(inOrder(request)), key);
}

/** A hash for each part of a request, which shows the parts that differ and not their content. */
export function requestParts(
  request: OnboardingRequest,
  key: HashKey,
): Readonly<Record<string, string>> {
  const { reference, registration, prefill, ...others } = request;
  const parts = Object.entries({
    ...others,
    ...prefixed('registration', registration ?? {}),
    ...prefixed('prefill', prefill ?? {}),
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    // With the reference, so that equal values of two senders have different hashes.
    parts.map(([name, value]) => [
      name,
      hash('part', JSON.stringify([reference, name, inOrder(value)]), key),
    ]),
  );
}

function prefixed(prefix: string, fields: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`${prefix}.${name}`, value]),
  );
}

/** Proves that a cursor was made here, for this search. */
export function cursorMark(query: string, token: string, key: HashKey): string {
  const marked = hash('cursor', `${query}\0${token}`, key);
  return marked.slice(marked.indexOf('.') + 1);
}

/** Hash of a message's id, which histories store unencrypted. */
export function messageHash(id: string, key: HashKey): string {
  return hash('message', id, key);
}

export function versionOf(hashed: string): string {
  return hashed.slice(0, hashed.indexOf('.'));
}

/** The purpose is part of the input, so that a hash for one purpose does not match another. */
function hash(
  purpose: 'cursor' | 'email' | 'message' | 'part' | 'request',
  value: string,
  { version, key }: HashKey,
): string {
  const digest = createHmac('sha256', key).update(`${purpose}\0${value}`).digest('hex');
  return `${version}.${digest.slice(0, HASH_CHARACTERS)}`;
}

/** Sorts the fields, so that their order does not matter. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOrder(inner)]));
}
