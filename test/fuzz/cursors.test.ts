/** Cursors of pages: an altered or invented one never reaches Temporal. */
import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { cursorOf, tokenIn } from '../../client/list.ts';
import { InvalidRequestError } from '../../client/errors.ts';
import { parseHashKey } from '../../client/hash-key.ts';
import { altered, CANARY, hostileText, runs } from './hostile.ts';
import { expectSafeError, thrownBy } from './safe-error.ts';

const aKey = (version: string) => parseHashKey(`${version}:${randomBytes(32).toString('base64')}`);
const [KEY, FORMER, STRANGE] = [aKey('2'), aKey('1'), aKey('2')];
const token = fc.uint8Array({ minLength: 1, maxLength: 3_000 });

test('a cursor continues its own search and no other, and is void once it is altered', () => {
  fc.assert(
    fc.property(token, fc.string(), fc.nat(), (next, query, seed) => {
      const cursor = cursorOf(query, next, KEY) ?? '';
      expect(tokenIn(cursor, query, [KEY, FORMER])).toEqual(Buffer.from(next));
      expect(tokenIn(cursor, query, [FORMER, KEY])).toEqual(Buffer.from(next));
      expect(() => tokenIn(cursor, `${query} `, [KEY])).toThrow(InvalidRequestError);
      expect(() => tokenIn(cursor, query, [STRANGE])).toThrow(InvalidRequestError);
      for (const wrong of fc.sample(altered(cursor), { numRuns: 5, seed })) {
        expect(() => tokenIn(wrong, query, [KEY, FORMER])).toThrow(InvalidRequestError);
      }
    }),
    runs(150),
  );
});

test('an invented cursor is refused without being repeated', () => {
  const madeUp = fc.oneof(
    hostileText,
    fc.base64String({ maxLength: 5_000 }),
    fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'.split('')),
      minLength: 30,
      maxLength: 80,
    }),
    fc.nat(100_000).map((length) => 'a'.repeat(length)),
  );
  fc.assert(
    fc.property(madeUp, (cursor) => {
      const failure = thrownBy(() => tokenIn(cursor, 'query', [KEY, FORMER]));
      expectSafeError(failure, { kind: InvalidRequestError, secrets: [CANARY], most: 200 });
    }),
    runs(1_000),
  );
});

test('the last page has no cursor', () => {
  expect(cursorOf('query', new Uint8Array(), KEY)).toBeNull();
});
