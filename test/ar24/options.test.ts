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
  it('never shows its credentials when it is printed', () => {
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
    ['maxAnswerBytes', { maxAnswerBytes: 1.5 }],
    ['language', { language: 'fr\r\nsecret: 1' }],
  ])('refuses a %s that cannot work, without repeating it: %#', (name, bad) => {
    expect(() => new Ar24Client({ ...GOOD, ...bad })).toThrow(new RegExp(`AR24 client: ${name}`));
    expect(() => new Ar24Client({ ...GOOD, ...bad })).not.toThrow(/secret/);
  });
});
