/** Keyed hashes: what lets us find an address again without keeping it where it can be read. */
import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { OnboardingRequest } from '../workflows/contract/index.ts';

const KEY_BYTES = 32;
const HASH_CHARACTERS = 32;
const WRITTEN = /^([A-Za-z0-9_-]{1,16}):([A-Za-z0-9+/]{43}=)$/;

/** A secret key, and the version that its hashes carry, so that keys can be changed. */
export interface HashKey {
  readonly version: string;
  /** 32 random bytes. */
  readonly key: Buffer;
}

/** @throws TypeError, without the value, unless it is written `version:base64 of 32 bytes` */
export function parseHashKey(written: string): HashKey {
  const [, version, base64] = WRITTEN.exec(written.trim()) ?? [];
  const key = Buffer.from(base64 ?? '', 'base64');
  if (version === undefined || key.length !== KEY_BYTES) {
    throw new TypeError('a hash key is written VERSION:BASE64, with 32 bytes in base64');
  }
  return { version, key };
}

/** The same for every way to write an address that people take for the same. */
export function emailHash(email: string, key: HashKey): string {
  return hash('email', mailboxOf(email), key);
}

/** An address as all ways to write it come to. */
export function mailboxOf(email: string): string {
  const written = email.trim().normalize('NFC').toLowerCase().normalize('NFC');
  const at = written.lastIndexOf('@') + 1;
  // `exämple.org` and `xn--exmple-cua.org` are one domain, and so one mailbox.
  const domain = domainToASCII(written.slice(at)) || written.slice(at);
  return written.slice(0, at) + domain;
}

/** Tells whether two starts asked for the same, without telling what. */
export function requestFingerprint(request: OnboardingRequest, key: HashKey): string {
  return hash('request', JSON.stringify(inOrder(request)), key);
}

/** Tells in which parts two requests of a reference differ, without telling what they say. */
export function requestParts(
  request: OnboardingRequest,
  key: HashKey,
): Readonly<Record<string, string>> {
  const { reference, registration, ...others } = request;
  const parts = Object.entries({
    ...others,
    ...prefixed('registration', registration ?? {}),
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    // With the reference, so that no two senders' equal values look alike.
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

/** Proves that a cursor is ours, and of this search. */
export function cursorMark(query: string, token: string, key: HashKey): string {
  const marked = hash('cursor', `${query}\0${token}`, key);
  return marked.slice(marked.indexOf('.') + 1);
}

/** Of the id of a message, which lies readable in histories: the same for the same id. */
export function messageHash(id: string, key: HashKey): string {
  return hash('message', id, key);
}

export function versionOf(hashed: string): string {
  return hashed.slice(0, hashed.indexOf('.'));
}

/** What is hashed is named, so that no hash for one purpose can serve another. */
function hash(
  purpose: 'cursor' | 'email' | 'message' | 'part' | 'request',
  value: string,
  { version, key }: HashKey,
): string {
  const digest = createHmac('sha256', key).update(`${purpose}\0${value}`).digest('hex');
  return `${version}.${digest.slice(0, HASH_CHARACTERS)}`;
}

/** The same value for the same request, in whatever order its fields came. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOrder(inner)]));
}
