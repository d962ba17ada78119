import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Ar24Client, type Ar24ClientOptions } from '../../ar24/index.ts';
import { PRIVATE_KEY, TOKEN } from './server.ts';

const GOOD: Ar24ClientOptions = {
  baseUrl: 'https://sandbox.ar24.fr/api/',
  token: TOKEN,
  privateKey: PRIVATE_KEY,
};

describe('a client', () => {
  it('prints without its credentials', () => {
    const client = new Ar24Client(GOOD);
    const printed = inspect(client, { depth: null, showHidden: true }) + JSON.stringify(client);
    expect(printed).toContain('Ar24Client');
    expect(printed).not.toContain(TOKEN);
    expect(printed).not.toContain(PRIVATE_KEY);
  });

  it.each<[string, Partial<Ar24ClientOptions>]>([
    ['baseUrl', { baseUrl: 'sandbox.ar24.fr/api' }],
    ['baseUrl', { baseUrl: 'ftp://secret.example/api' }],
    ['baseUrl', { baseUrl: 'https://secret:secret@ar24.example/api' }],
    ['baseUrl', { baseUrl: 'https://ar24.example/api?token=secret' }],
    ['token', { token: ' ' }],
    ['privateKey', { privateKey: '' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: 300_001 }],
    ['dateAheadS', { dateAheadS: 601 }],
    ['dateAheadS', { dateAheadS: -1 }],
    ['dateShare.number', { dateShare: { number: 3, of: 2 } }],
    ['dateShare.number', { dateShare: { number: 0, of: 2 } }],
    ['dateShare.of', { dateShare: { number: 1, of: 61 } }],
    ['maxAnswerBytes', { maxAnswerBytes: 1.5 }],
    ['language', { language: 'fr\r\nsecret: 1' }],
  ])('refuses an invalid %s, without printing it: %#', (name, bad) => {
    expect(() => new Ar24Client({ ...GOOD, ...bad })).toThrow(new RegExp(`AR24 client: ${name}`));
    expect(() => new Ar24Client({ ...GOOD, ...bad })).not.toThrow(/secret/);
  });
});
