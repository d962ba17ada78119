/** Faults: what a client sees, and whether the call took effect. */
import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { FAULT_NAMES, startSimulator, type Faults } from '../../simulator/index.ts';
import { IndependentClient } from './independent-client.ts';
import { effects, NEW_USER, useStage } from './stage.ts';

const on = useStage();

const create = () => on.client.post('user', NEW_USER);
const list = () => on.client.get('user/list');

/** The code of the failure under a rejected fetch. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    const { cause } = Object(error) as { cause?: { code?: unknown } };
    return cause?.code ?? error;
  }
}

describe('before the call takes effect', () => {
  it('reset: the connection is reset', async () => {
    on.simulator.setFaults({ reset: {} });
    expect(await failureOf(create())).toBe('ECONNRESET');
    expect(effects(on.simulator)).toEqual([]);
  });

  it('hang: no answer, until the client aborts', async () => {
    on.simulator.setFaults({ hang: { count: 1 } });
    const aborted = new AbortController();
    const call = fetch(`${on.simulator.apiUrl}user/list`, { signal: aborted.signal });
    while (on.simulator.ledger().calls['GET /user/list'] === undefined) await setImmediate();
    aborted.abort();
    await expect(call).rejects.toThrow('aborted');
    expect((await list()).json['status']).toBe('SUCCESS');
  });

  it.each<[Faults, number, string | null]>([
    [{ throttle: {} }, 429, '1'],
    [{ throttle: { status: 503, retryAfter: 120 } }, 503, '120'],
    [
      { throttle: { retryAfter: 'Mon, 15 Jun 2026 09:00:00 GMT' } },
      429,
      'Mon, 15 Jun 2026 09:00:00 GMT',
    ],
    [{ throttle: { retryAfter: null } }, 429, null],
    [{ http5xx: {} }, 500, null],
    [{ http5xx: { status: 503 } }, 503, null],
  ])('%j', async (faults, status, retryAfter) => {
    on.simulator.setFaults(faults);
    const reply = await create();
    expect(reply.http).toBe(status);
    expect(reply.headers.get('retry-after')).toBe(retryAfter);
    expect(effects(on.simulator)).toEqual([]);
  });

  it('unknownSlug: an error with an unknown slug', async () => {
    on.simulator.setFaults({ unknownSlug: { slug: 'solar_flare' } });
    expect(await create()).toMatchObject({ http: 200, encrypted: false });
    expect((await create()).json).toMatchObject({ status: 'ERROR', slug: 'solar_flare' });
    expect(effects(on.simulator)).toEqual([]);
  });

  it('maintenance: in clear, also without credentials, and only between its two moments', async () => {
    on.simulator.setFaults({
      maintenance: { from: '2026-06-15T09:00:00Z', until: '2026-06-15T15:00:00Z' },
    });
    expect((await list()).json['status']).toBe('SUCCESS');
    on.clock.set(new Date('2026-06-15T09:00:00Z'));
    const reply = await on.client.get('user/list', {}, { token: 'wrong' });
    expect(reply.raw).toBe('{"status":"maintenance"}');
    on.clock.set(new Date('2026-06-15T15:00:00Z'));
    expect((await list()).json['status']).toBe('SUCCESS');
  });

  it('latencyMs: the date is compared with the arrival of the call, not its end', async () => {
    on.simulator.setFaults({ latencyMs: { min: 5, max: 5, count: 1 } });
    const call = list();
    while (on.simulator.ledger().calls['GET /user/list'] === undefined) await setImmediate();
    on.clock.forward(300_000);
    expect((await call).json['status']).toBe('SUCCESS');
  });

  it('latencyMs: a simulator that stops does not wait for it', async () => {
    const simulator = await startSimulator({
      port: 0,
      faults: { latencyMs: { min: 300_000, max: 300_000 } },
    });
    const { url, token, privateKey } = simulator;
    const call = failureOf(
      new IndependentClient({ apiUrl: `${url}/api/`, token, privateKey }).get('user/list'),
    );
    while (simulator.ledger().calls['GET /user/list'] === undefined) await setImmediate();
    await simulator.stop();
    expect(await call).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  });
});

describe('after the call took effect', () => {
  it('loseAnswer: the account is there, the answer is not', async () => {
    on.simulator.setFaults({ loseAnswer: { count: 1, routes: ['POST /user'] } });
    expect(await failureOf(create())).toBe('UND_ERR_SOCKET');
    expect(on.simulator.accounts()).toHaveLength(1);
    expect((await create()).json['slug']).toBe('user_already_exist');
  });

  it('http5xxAfter: the account is there, the answer is 502', async () => {
    on.simulator.setFaults({ http5xxAfter: {} });
    expect((await create()).http).toBe(502);
    expect(on.simulator.accounts()).toHaveLength(1);
  });

  it.each([
    'garbage-base64',
    'truncated-base64',
    'html',
    'empty',
    'not-an-object',
    'truncated-json',
    'no-status',
  ] as const)('malformed as %s: the account is there, the answer says nothing', async (shape) => {
    on.simulator.setFaults({ malformed: { shape } });
    const reply = await create();
    expect(reply.http).toBe(200);
    expect(reply.json['status']).toBeUndefined();
    expect(on.simulator.accounts()).toHaveLength(1);
  });
});

describe('a fault', () => {
  it('with a count strikes so often, and only on its calls', async () => {
    on.simulator.setFaults({ http5xx: { count: 2, routes: ['GET /user/list'] } });
    expect((await create()).http).toBe(200);
    const statuses = [await list(), await list(), await list()].map(({ http }) => http);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('with a count strikes so often under concurrent calls, too', async () => {
    on.simulator.setFaults({ http5xx: { count: 7 } });
    const replies = await Promise.all(Array.from({ length: 20 }, list));
    expect(replies.filter(({ http }) => http === 500)).toHaveLength(7);
  });

  it('is replaced by its name, and ended by null', async () => {
    on.simulator.setFaults({ http5xx: {} });
    on.simulator.setFaults({ throttle: null });
    expect((await list()).http).toBe(500);
    on.simulator.setFaults({ http5xx: null });
    expect((await list()).http).toBe(200);
  });

  it.each<[unknown, RegExp]>([
    [{ gremlins: {} }, /gremlins/],
    [{ reset: { propability: 1 } }, /propability/],
    [{ reset: { probability: 2 } }, /probability/],
    [{ reset: { routes: ['POST /users'] } }, /routes/],
    [{ latencyMs: { min: 2, max: 1 } }, /min/],
    [{ latencyMs: { min: 0, max: 3_600_001 } }, /max/],
    [{ throttle: { retryAfter: 'no\r\nheader' } }, /retryAfter/],
  ])('%j is an error that names the wrong value', (faults, named) => {
    expect(() => {
      on.simulator.setFaults(faults as Faults);
    }).toThrow(named);
  });
});

describe('chance', () => {
  const PATTERN = { http5xx: { probability: 0.5 }, throttle: { probability: 0.2 } } as const;

  async function statuses(seed: number): Promise<readonly number[]> {
    const simulator = await startSimulator({ port: 0, seed, faults: PATTERN });
    const client = new IndependentClient(simulator);
    const seen: number[] = [];
    for (let n = 0; n < 40; n += 1) seen.push((await client.get('user/list')).http);
    await simulator.stop();
    return seen;
  }

  it('is the same for the same seed, and differs for another', async () => {
    const first = await statuses(7);
    expect(new Set(first)).toEqual(new Set([200, 429, 500]));
    expect(await statuses(7)).toEqual(first);
    expect(await statuses(8)).not.toEqual(first);
  });

  it('restarts with a reset', async () => {
    on.simulator.setFaults(PATTERN);
    const draw = async () => {
      const seen: number[] = [];
      for (let n = 0; n < 20; n += 1) seen.push((await list()).http);
      return seen;
    };
    const first = await draw();
    await on.simulator.reset();
    on.simulator.setFaults(PATTERN);
    expect(await draw()).toEqual(first);
  });
});

it('every fault has a test above', () => {
  expect(FAULT_NAMES).toEqual([
    'latencyMs',
    'hang',
    'reset',
    'throttle',
    'http5xx',
    'maintenance',
    'unknownSlug',
    'loseAnswer',
    'http5xxAfter',
    'malformed',
  ]);
});
