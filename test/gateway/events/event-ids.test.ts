import { expect, test } from '@jest/globals';
import { readEvent } from '../../../gateway/events/read-event.ts';
import { sourceOf } from './own-source.ts';

test.each([
  ['an HMAC', { scheme: 'hmac-sha256', header: 'x-signature', timestampHeader: 'x-time' }],
  [
    'a JWT in a header',
    {
      scheme: 'jwt',
      jwksUrl: 'https://idp.example.org/jwks',
      header: 'x-jwt',
      bodyHashClaim: 'sha256',
    },
  ],
])(
  'signed by %s, events that cancel or erase need an id or a time, as a second one may have the same body',
  (_name, signature) => {
    const read = (fields: object, more: object) => () => sourceOf(fields, { signature, ...more });
    const secrets = signature.scheme === 'jwt' ? [] : ['0123456789abcdef'];
    for (const ending of [{ cancel: ['left'] }, { erase: ['left'] }]) {
      const events = { start: ['started'], ...ending };
      expect(read({}, { secrets, events })).toThrow('sources.0.fields.eventId: is needed');
      expect(read({ eventId: '$.event' }, { secrets, events })).not.toThrow();
      expect(read({}, { secrets, events, sameBodyIsSameEvent: true })).not.toThrow();
      const timed = { ...signature, sentAt: '$.at' };
      expect(read({}, { secrets, events, signature: timed })).not.toThrow();
      const source = sourceOf({ eventId: '$.event' }, { secrets, events, signature });
      const faults = [
        { field: 'eventId ($.event)', message: 'is missing, or has several values' },
      ] as const;
      const left = { type: 'left', id: 'customer-42' };
      expect(readEvent(source, left)).toEqual({ kind: 'unusable', faults });
      expect(readEvent(source, { ...left, event: 7 })).not.toMatchObject({ kind: 'unusable' });
    }
    expect(read({}, { secrets, events: { start: ['started'] } })).not.toThrow();
  },
);
