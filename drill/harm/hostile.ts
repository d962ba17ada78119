/** An AR24 on its worst day. */
import type { Faults } from '../../simulator/index.ts';
import type { Length } from '../drill.ts';
import { pause } from '../pause.ts';
import type { SimulatorAt } from '../stage/simulator.ts';

/** How long calls may take (ms), which what is slow exceeds. */
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
 * An asking by mail that is answered 5xx twice is not sent a third time for an hour, since it may have
 * arrived. So in the short drill these fail once the mail is out, and in the long one somebody who got
 * none is reminded by the operator.
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

/** After each the worker leaves AR24 alone for up to a minute. */
const MAINTENANCE: Readonly<Record<Length, readonly Window[]>> = {
  long: [
    { fromMs: 90_000, forMs: 15_000 },
    { fromMs: 165_000, forMs: 10_000 },
  ],
  short: [{ fromMs: 22_000, forMs: 2_000 }],
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

/** Resolves once AR24 is well again, after `forMs`; tells how many calls it got meanwhile. */
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
