/** How the fields of an event are read: references, times, and whether the address was verified. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEvent } from '../../../gateway/events/read-event.ts';
import { sourceOf } from './own-source.ts';

const anId = fc.string({ unit: 'grapheme', minLength: 1 }).filter((id) => !id.includes('@'));

test('references with other characters are encoded, each to a valid one, and can be decoded', () => {
  const auth0 = sourceOf({}, { referenceEncoding: 'colon-hex' });
  const referenceFor = (id: string) => {
    const deed = readEvent(auth0, { type: 'left', id });
    return deed.kind === 'cancel' ? deed.reference : undefined;
  };
  expect(referenceFor('auth0|507f1f77bcf86cd799439020')).toBe('auth0:7C507f1f77bcf86cd799439020');
  fc.assert(
    fc.property(anId, (id) => {
      const reference = referenceFor(id) ?? '';
      expect(reference).toMatch(/^[A-Za-z0-9_.:-]+$/);
      expect(decodeURIComponent(reference.replaceAll(':', '%'))).toBe(id);
    }),
  );
  for (const none of ['jeanne@example.org', 'a\uD800']) {
    expect(readEvent(auth0, { type: 'left', id: none })).toMatchObject({ kind: 'unusable' });
  }
});

test('times are read in the formats of providers, and a correction needs one', () => {
  const source = sourceOf({ updatedAt: '$.at' }, { events: { correct: ['changed'] } });
  const asOf = (at: unknown) => {
    const deed = readEvent(source, { type: 'changed', id: 'a', email: 'a@b.fr', at });
    return deed.kind === 'correct' ? deed.report.asOf.toISOString() : deed.kind;
  };
  const moment = '2026-02-03T04:05:06.000Z';
  for (const at of [
    ...[1770091506, 1770091506000, '1770091506', moment, '2026-02-03T05:05:06+01:00'],
    ...['2026-02-03T04:05:06.000000+00', '2026-02-03T04:05:06Z'],
  ]) {
    expect(asOf(at)).toBe(moment);
  }
  for (const at of [null, '', 'yesterday', -1, {}, '2026-02-03', true, '2026-99-03T04:05:06Z']) {
    expect(asOf(at)).toBe('unusable');
  }
  // A clock that is ahead must not outdate all later events.
  expect(Date.parse(asOf(99_999_999_999_999))).toBeLessThanOrEqual(Date.now());
});

test('only the configured field vouches for an address', () => {
  const event = { type: 'started', id: 'a', email: 'a@b.fr', is: 'yes', not: 'unverified', at: 1 };
  const verified = (emailVerified: unknown): unknown => {
    const deed = readEvent(sourceOf({ emailVerified }), event);
    return deed.kind === 'start' && deed.request.emailVerified;
  };
  expect(verified(true)).toBe(true);
  expect(verified({ path: '$.is', equals: 'yes' })).toBe(true);
  expect(verified({ path: '$.not', equals: 'verified' })).toBe(false);
  expect(verified({ path: '$.none', equals: 'verified' })).toBe(false);
  for (const path of ['$.is', '$.at', '$.not', '$.none']) expect(verified(path)).toBe(false);
});

test('names that every JavaScript object has are no fields', () => {
  for (const path of ['$.__proto__', '$.constructor', "$['toString']", '$.type.length']) {
    const source = sourceOf({ reference: path });
    const event: unknown = JSON.parse('{"type":"left","x":{"__proto__":{"id":"a"}}}');
    expect(readEvent(source, event)).toMatchObject({ kind: 'unusable' });
  }
});
