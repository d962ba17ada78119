/** The dates, signatures and ciphertexts of the independent AR24, from docs/ar24-api.md 1.3 to 1.5 alone. */
import { createCipheriv, createHash } from 'node:crypto';

export const TOKEN = 'independent-token-value';
export const KEY = 'independent-private-key-value';
export const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** AES-256-CBC; key and IV are characters of hex digests (1.4, 1.5). */
export function aes(text: string, key: string): string {
  const cipher = createCipheriv('aes-256-cbc', key.slice(0, 32), sha(sha(KEY)).slice(0, 16));
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}

/** Seconds by which a date of Paris is ahead of now; NaN if it is none. */
export function ahead(date: string): number {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(date)) return Number.NaN;
  const paris = new Date().toLocaleString('sv-SE', { timeZone: 'Europe/Paris' });
  return (
    (Date.parse(`${date.replace(' ', 'T')}Z`) - Date.parse(`${paris.replace(' ', 'T')}Z`)) / 1000
  );
}
