/** AR24's own published example: docs/ar24-api.md 9. The key is an example, not a credential. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decryptAnswer, encryptAnswer, sign, verify } from '../../ar24/crypto.ts';

const KEY = '7X9gx9E3Qx4EiUdB63nc';
const DATE = '2021-05-26 14:00:00';
const SIGNATURE = 'bDop0cbjKpkySlpvnNGvBMg7PuYFFgPPqTTS2RAHoY0=';
const CIPHERTEXT = 'WwBOU6s8DaMWmYdctBJwfuoujFgVygBUjhsbdf8eWqQ=';
const CLEAR = '{status: "SUCCESS"}';

describe("AR24's published vectors", () => {
  it('sign the date', () => {
    expect(sign(DATE, KEY)).toBe(SIGNATURE);
  });
  it('decrypt the answer', () => {
    expect(decryptAnswer(CIPHERTEXT, DATE, KEY)).toBe(CLEAR);
  });
  it('encrypt the answer', () => {
    expect(encryptAnswer(CLEAR, DATE, KEY)).toBe(CIPHERTEXT);
  });
});

describe('a signature', () => {
  it('is accepted for its own date and key', () => {
    expect(verify(SIGNATURE, DATE, KEY)).toBe(true);
  });
  it.each([
    ['another date', SIGNATURE, '2021-05-26 14:00:01', KEY],
    ['another key', SIGNATURE, DATE, `${KEY}x`],
    ['a shorter text', SIGNATURE.slice(0, -1), DATE, KEY],
    ['an empty text', '', DATE, KEY],
    ['a text of as many characters but more bytes', `é${SIGNATURE.slice(1)}`, DATE, KEY],
  ])('is refused for %s', (_, signature, date, key) => {
    expect(verify(signature, date, key)).toBe(false);
  });
});

describe('an encrypted answer', () => {
  it('decrypts to any text that was encrypted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (text, date, key) => {
        expect(decryptAnswer(encryptAnswer(text, date, key), date, key)).toBe(text);
      }),
    );
  });
  it('may be broken into lines', () => {
    expect(
      decryptAnswer(`${CIPHERTEXT.slice(0, 20)}\r\n${CIPHERTEXT.slice(20)}\n`, DATE, KEY),
    ).toBe(CLEAR);
  });
  it.each([
    ['nothing', ''],
    ['half a block', CIPHERTEXT.slice(0, 10)],
    ['HTML', '<html><body>Bad gateway</body></html>'],
    ['a ciphertext with a foreign character', `*${CIPHERTEXT}`],
    ['a date one second later', encryptAnswer(CLEAR, '2021-05-26 14:00:01', KEY)],
  ])('is refused when it is %s', (_, body) => {
    expect(() => decryptAnswer(body, DATE, KEY)).toThrow(/AR24 ciphertext|does not decrypt/);
  });
  it('has no key, date or text in its error', () => {
    const failure: unknown = (() => {
      try {
        return decryptAnswer(encryptAnswer('secret text', 'other', KEY), DATE, KEY);
      } catch (error) {
        return error;
      }
    })();
    expect(String(failure)).not.toMatch(/secret|7X9|2021/);
  });
});
