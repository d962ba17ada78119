/** The nights in which Paris' clocks change, minute by minute: the library's dates, the simulator's. */
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Ar24ClockError } from '../../ar24/index.ts';
import type { SimulatorOptions } from '../../simulator/index.ts';
import { failureOf } from './calls.ts';
import { start } from './simulated.ts';

const MINUTE_MS = 60_000;

/** What a harmless call comes to every five minutes of these hours. */
async function through(from: string, hours: number, switches: SimulatorOptions['switches']) {
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
  if (failure === undefined) return 'taken';
  return failure instanceof Ar24ClockError ? failure.slug : inspect(failure);
}

describe('calls are taken', () => {
  it('all through the night of spring', async () => {
    const outcomes = await through('2026-03-28T23:00:00Z', 4, {});
    expect(outcomes).toEqual(outcomes.map(() => 'taken'));
  });

  it('all through the night of autumn, by an AR24 that takes either reading', async () => {
    const outcomes = await through('2026-10-24T23:00:00Z', 5, {});
    expect(outcomes).toEqual(outcomes.map(() => 'taken'));
  });

  it('but for the repeated hour, by one that reads it as the first, and told as the clock’s', async () => {
    const outcomes = await through('2026-10-24T23:00:00Z', 5, { repeatedHour: 'first' });
    // From 01:00 UTC on dates are of the second 02:00; those after it are too far ahead by then.
    const refused = outcomes.flatMap((outcome, at) => (outcome === 'taken' ? [] : [at * 5]));
    expect(new Set(outcomes)).toEqual(new Set(['taken', 'expired_date']));
    expect([refused[0], refused.at(-1), refused.length]).toEqual([120, 175, 12]);
  });
});
