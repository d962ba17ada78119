/** The simulator's faults, and the errors that the library makes of them. */
import { describe, expect, it } from '@jest/globals';
import { failureOf } from './calls.ts';
import { PERSON, start } from './simulated.ts';

describe('a fault', () => {
  it.each([
    [{ loseAnswer: { count: 1 } }, { kind: 'network', delivered: 'unknown' }, 1],
    [{ http5xxAfter: { count: 1 } }, { kind: 'network', status: 502 }, 1],
    [{ reset: { count: 1 } }, { kind: 'network', delivered: 'unknown' }, 0],
    [{ http5xx: { count: 1 } }, { kind: 'network', status: 500 }, 0],
    [{ throttle: { count: 1, retryAfter: 7 } }, { kind: 'throttled', retryAfterMs: 7000 }, 0],
    [{ throttle: { count: 1, status: 503 } }, { kind: 'throttled', status: 503 }, 0],
    [{ maintenance: { count: 1 } }, { kind: 'maintenance' }, 0],
    [{ unknownSlug: { count: 1 } }, { kind: 'unknown-slug' }, 0],
    [{ hang: { count: 1 } }, { kind: 'timeout' }, 0],
  ] as const)('%j is the error %j, with %i accounts created', async (fault, expected, created) => {
    const { simulator, client } = await start({}, { timeoutMs: 'hang' in fault ? 300 : 20_000 });
    simulator.setFaults({ ...fault });
    expect(await failureOf(client.createUser(PERSON))).toMatchObject(expected);
    expect(simulator.accounts()).toHaveLength(created);
  });

  it.each([
    'garbage-base64',
    'truncated-base64',
    'html',
    'empty',
    'not-an-object',
    'truncated-json',
    'no-status',
  ] as const)('an answer malformed as %s is a breach of contract', async (shape) => {
    const { simulator, client } = await start();
    simulator.setFaults({ malformed: { shape } });
    const written = await failureOf(client.createUser(PERSON));
    // The other kind of answer: an error, which comes in clear.
    const read = await failureOf(client.readUser({ email: 'nobody@example.org' }));
    expect([written, read]).toMatchObject([
      { kind: 'contract', delivered: 'unknown' },
      { kind: 'contract', delivered: 'unknown' },
    ]);
  });
});
