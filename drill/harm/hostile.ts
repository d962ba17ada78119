/** An AR24 that fails in all ways at the same time. */
import type { Faults } from '../../simulator/index.ts';
import type { Length } from '../drill.ts';
import { pause } from '../pause.ts';
import type { SimulatorAt } from '../stage/simulator.ts';

/** The worker's time limit for calls (ms). The simulated latency exceeds it. */
export const TIMEOUT_MS = 1_500;

const MAILING = ['POST /user/request_access', 'POST /user/request_cgu'] as const;
const OTHERS = ['GET /user', 'POST /user'] as const;

const ALWAYS: Faults = {
  loseAnswer: { probability: 0.05 },
  latencyMs: { min: TIMEOUT_MS + 200, max: TIMEOUT_MS + 1_500, probability: 0.05 },
  malformed: { probability: 0.01 },
  throttle: { probability: 0.02, status: 429, retryAfter: 1 },
};

/**
 * A request by mail that is answered 5xx twice is not repeated for an hour, because AR24 may have sent the
 * mail. In the short drill these calls therefore fail after the mail was sent. In the long drill an operator
 * reminds people who got no mail.
 */
const FAILURES: Readonly<Record<Length, Faults>> = {
  long: { http5xx: { probability: 0.3 } },
  short: {
    http5xx: { probability: 0.3, routes: [...OTHERS] },
    http5xxAfter: { probability: 0.3, routes: [...MAILING] },
  },
};

interface Window {
  readonly fromMs: number;
  readonly forMs: number;
}

/** After each maintenance, the worker does not call AR24 for up to a minute. */
const MAINTENANCE: Readonly<Record<Length, readonly Window[]>> = {
  long: [
    { fromMs: 90_000, forMs: 15_000 },
    { fromMs: 165_000, forMs: 10_000 },
  ],
  short: [{ fromMs: 12_000, forMs: 2_000 }],
};

const NONE: Faults = {
  http5xx: null,
  http5xxAfter: null,
  loseAnswer: null,
  latencyMs: null,
  malformed: null,
  throttle: null,
  maintenance: null,
};

/** Makes AR24 hostile for `forMs`. Returns a description with the number of calls. */
export async function hostileAr24(
  simulator: SimulatorAt,
  length: Length,
  forMs: number,
): Promise<string> {
  const begin = Date.now();
  await simulator.setFaults({ ...ALWAYS, ...FAILURES[length] });
  for (const { fromMs, forMs: lasts } of MAINTENANCE[length]) {
    await pause(begin + fromMs - Date.now());
    await simulator.setFaults({ maintenance: {} });
    await pause(lasts);
    await simulator.setFaults({ maintenance: null });
  }
  await pause(Math.max(0, begin + forMs - Date.now()));
  await simulator.setFaults(NONE);
  const { calls } = await simulator.ledger();
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  return `AR24 hostile for ${Math.round(forMs / 1000)} s, ${total} calls`;
}
