/** The nights in which the clocks in Paris change: the library's dates against the simulator's check. */
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Ar24ClockError } from '../../ar24/index.ts';
import type { SimulatorOptions } from '../../simulator/index.ts';
import { failureOf } from './calls.ts';
import { start } from './simulated.ts';

const MINUTE_MS = 60_000;

/** The outcomes of a harmless call, made every five minutes of these hours. */
async function outcomesOf(from: string, hours: number, switches: SimulatorOptions['switches']) {
  const clock = { now: new Date(from) };
  const now = (): Date => clock.now;
  const { client } = await start({ now, ...(switches && { switches }) }, { now });
  const outcomes: string[] = [];
  const end = clock.now.getTime() + hours * 60 * MINUTE_MS;
  for (; clock.now.getTime() < end; clock.now = new Date(clock.now.getTime() + 5 * MINUTE_MS)) {
    const failure = await failureOf(client.listUsers().next());
    outcomes.push(outcomeOf(failure));
  }
  return outcomes;
}

function outcomeOf(failure: unknown): string {
  if (failure === undefined) return 'accepted';
  return failure instanceof Ar24ClockError ? failure.slug : inspect(failure);
}

describe('calls are accepted', () => {
  it('all through the night of spring', async () => {
    const outcomes = await outcomesOf('2026-03-28T23:00:00Z', 4, {});
    expect(outcomes).toEqual(outcomes.map(() => 'accepted'));
  });

  it('all through the night of autumn, by an AR24 that accepts either reading', async () => {
    const outcomes = await outcomesOf('2026-10-24T23:00:00Z', 5, {});
    expect(outcomes).toEqual(outcomes.map(() => 'accepted'));
  });

  it('except in the repeated hour, by an AR24 that reads it as the first: a clock error', async () => {
    const outcomes = await outcomesOf('2026-10-24T23:00:00Z', 5, { repeatedHour: 'first' });
    // From 01:00 UTC on, dates are of the second 02:00 and are read as an hour ago.
    const refused = outcomes.flatMap((outcome, at) => (outcome === 'accepted' ? [] : [at * 5]));
    expect(new Set(outcomes)).toEqual(new Set(['accepted', 'expired_date']));
    expect([refused[0], refused.at(-1), refused.length]).toEqual([120, 175, 12]);
  });
});
