/**
 * AR24's signature and answer encryption: AES-256-CBC with PKCS#7 padding, on `node:crypto` alone.
 * The keys and the IV are hex digests, cut to length and used as ASCII text, not hex-decoded. AR24's published
 * examples require this. docs/ar24-api.md 1.4, 1.5 and 9.
 */
import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

const CIPHER = 'aes-256-cbc';
/** Lengths in ASCII characters, which are bytes here. */
const KEY_LENGTH = 32;
const IV_LENGTH = 16;
const BLOCK_LENGTH = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The value of the `signature` header for a request that carries `date`.
 *
 * @param date the `date` parameter, exactly as sent
 * @returns standard base64, one line. docs/ar24-api.md 1.4
 */
export function sign(date: string, privateKey: string): string {
  return encrypt(date, signatureKey(privateKey), iv(privateKey));
}

/** Whether `signature` is the signature of `date`. */
export function verify(signature: string, date: string, privateKey: string): boolean {
  return isSame(signature, sign(date, privateKey));
}

/** Compares in constant time, unless the lengths differ. */
export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * Encrypts an answer as AR24 does: the whole body becomes one base64 ciphertext.
 *
 * @param date the `date` of the request. docs/ar24-api.md 1.5
 */
export function encryptAnswer(text: string, date: string, privateKey: string): string {
  return encrypt(text, answerKey(date, privateKey), iv(privateKey));
}

/**
 * Decrypts the body of a successful answer. Line breaks in the base64 are tolerated.
 *
 * @param date the `date` of the request, exactly as sent: it is part of the key. docs/ar24-api.md 1.5
 * @throws Error with a fixed text if the body is no base64 or was not encrypted with this key and date.
 *   About once in 256 times a wrong key yields garbage instead: the caller has to check the text.
 */
export function decryptAnswer(body: string, date: string, privateKey: string): string {
  const base64 = body.replaceAll(/\s+/g, '');
  const ciphertext = Buffer.from(base64, 'base64');
  // Node silently skips characters that are no base64, so a damaged body could pass for a short one.
  if (!BASE64.test(base64) || ciphertext.length % BLOCK_LENGTH !== 0) {
    throw new Error('not an AR24 ciphertext');
  }
  const decipher = createDecipheriv(CIPHER, answerKey(date, privateKey), iv(privateKey));
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    // OpenSSL's own error holds nothing useful.
    throw new Error('the answer does not decrypt with this date and key');
  }
}

function encrypt(text: string, key: string, initial: string): string {
  const cipher = createCipheriv(CIPHER, key, initial);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function signatureKey(privateKey: string): string {
  return sha256(privateKey).slice(0, KEY_LENGTH);
}

function answerKey(date: string, privateKey: string): string {
  return sha256(date + privateKey).slice(0, KEY_LENGTH);
}

function iv(privateKey: string): string {
  return sha256(sha256(privateKey)).slice(0, IV_LENGTH);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
