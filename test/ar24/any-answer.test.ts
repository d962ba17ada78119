/** With any answer, a call ends in a result or in one of the library's own errors. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encryptAnswer } from '../../ar24/crypto.ts';
import { isAr24Error } from '../../ar24/index.ts';
import { CALLS, failureOf } from './calls.ts';
import { ar24, dateOf, PRIVATE_KEY, type ReceivedRequest } from './server.ts';
import { draws } from '../support/draws.ts';

const anyCall = fc.constantFrom(...Object.values(CALLS));
const anyStatus = fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 }));
const fields = fc.dictionary(
  fc.constantFrom('id', 'cgu', 'confirmed', 'name', 'users', 'link', 'custom_ref', '__proto__'),
  fc.jsonValue(),
);
const envelope = fc.record(
  {
    status: fc.oneof(fc.constantFrom('SUCCESS', 'ERROR', 'maintenance'), fc.jsonValue()),
    result: fc.oneof(fields, fc.jsonValue()),
    slug: fc.oneof(fc.constantFrom('user_not_exist', 'expired_date', 'toString'), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const anyBody: fc.Arbitrary<(seen: ReceivedRequest) => string> = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => () => text),
  fc.base64String().map((text) => () => text),
  envelope.map((value) => () => JSON.stringify(value)),
  envelope.map(
    (value) => (seen: ReceivedRequest) =>
      encryptAnswer(JSON.stringify(value), dateOf(seen), PRIVATE_KEY),
  ),
);

it('a call throws only its own errors, with any answer', async () => {
  let status = 200;
  let body: (seen: ReceivedRequest) => string = () => '';
  const { client } = await ar24((seen, reply) => reply.code(status).send(body(seen)));
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyCall, anyStatus, anyBody, async (call, nextStatus, nextBody) => {
      status = nextStatus;
      body = nextBody;
      const failure = await failureOf(call(client));
      if (isAr24Error(failure)) kinds.add(failure.kind);
      return failure === undefined || isAr24Error(failure);
    }),
    { numRuns: draws(500) },
  );
  // Otherwise the generated answers are too uniform to prove anything.
  expect(kinds.size).toBeGreaterThan(3);
});
