/** A run that was interrupted goes on with what is there, and counts nothing twice. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { STEPS, type Report } from '../../probe/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { ADDRESSES, probeSimulator } from './probing.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 });
});

afterEach(async () => {
  await simulator.stop();
});

describe('interrupted', () => {
  test('right after a creation was sent, it goes on with the same account', async () => {
    const saved: Report[] = [];
    const crash = new Error('the machine went down');
    const run = probeSimulator(simulator, {
      save: (report) => {
        saved.push(report);
        // The call was sent and answered; the answer is never stored.
        const isCreated = report.writes.some(
          ({ call, outcome }) => call === 'POST /user' && outcome === 'success',
        );
        return isCreated ? Promise.reject(crash) : Promise.resolve();
      },
    });
    await expect(run).rejects.toBe(crash);
    const stored = saved.findLast(({ writes }) => writes.at(-1)?.outcome === 'unconfirmed');
    expect(stored?.writes.at(-1)).toMatchObject({ call: 'POST /user', role: 'plain' });
    expect(stored?.steps['create']).toMatchObject({ state: 'running' });
    const report = await probeSimulator(simulator, stored === undefined ? {} : { earlier: stored });
    expect(report.steps['create']?.state).toBe('done');
    expect(report.findings).toMatchObject({ create: 'success', emailCase: 'insensitive' });
    const created = simulator.accounts().filter(({ email }) => email === ADDRESSES.plain);
    expect(created).toHaveLength(1);
  });

  test('what is done is not done again', async () => {
    const earlier = await probeSimulator(simulator);
    const { calls } = simulator.ledger();
    const report = await probeSimulator(simulator, { earlier });
    expect(simulator.ledger().calls).toEqual(calls);
    expect(report.findings).toEqual(earlier.findings);
  });
});

/** The report as it was stored last before the machine went down. */
async function interruptedAt(named: readonly string[], goesDown: (report: Report) => boolean) {
  const crash = new Error('the machine went down');
  let stored: Report | undefined;
  const run = probeSimulator(simulator, {
    named,
    save: (report) => {
      if (goesDown(report)) return Promise.reject(crash);
      stored = report;
      return Promise.resolve();
    },
  });
  await expect(run).rejects.toBe(crash);
  if (stored === undefined) throw new Error('nothing was stored');
  return stored;
}

const sentIn = ({ writes }: Report, step: string) => writes.filter((one) => one.step === step);
const FIRST = ['create'];

test.each([
  // The writes of the step that were stored, and whether the last one was answered.
  [1, 'answered'],
  [1, 'unconfirmed'],
  [2, 'answered'],
])('terms-mail, interrupted after %i calls, the last %s', async (calls, last) => {
  const named = [...FIRST, 'terms-mail'];
  const earlier = await interruptedAt(named, (report) => {
    const sent = sentIn(report, 'terms-mail');
    if (sent.length > calls) return true;
    const isAnswered = sent[calls - 1] !== undefined && sent[calls - 1]?.outcome !== 'unconfirmed';
    if (last === 'unconfirmed') return isAnswered;
    return isAnswered && report.steps['terms-mail']?.state !== 'running';
  });
  const before = simulator.ledger().calls['POST /user/request_cgu'];
  expect(before).toBe(calls);
  const report = await probeSimulator(simulator, { earlier, named });
  expect(simulator.ledger().calls['POST /user/request_cgu']).toBe(last === 'answered' ? 2 : 3);
  expect(report.steps['terms-mail']).toMatchObject({ state: 'done' });
  expect(report.steps['terms-mail']?.notes.join()).toContain('not counted');
  expect(report.findings).toMatchObject({ termsRequest: 'success' });
  expect(report.findings.termsRequestMails).toBeUndefined();
  expect(report.contradictions).toEqual([]);
});

test('access-known, interrupted after its first call, sends the second one only', async () => {
  simulator.setSwitches({ pendingAccessAgain: 'silent' });
  const named = ['unknown-user', 'access-known'];
  const earlier = await interruptedAt(named, (report) => sentIn(report, 'access-known').length > 1);
  const report = await probeSimulator(simulator, { earlier, named });
  expect(simulator.ledger().calls['POST /user/request_access']).toBe(2);
  expect(report.findings).toMatchObject({ accessRequest: 'success', accessAgain: 'success' });
  expect(report.findings.accessMails).toBeUndefined();
  expect(report.simulator).not.toHaveProperty('pendingAccessAgain');
});

test('access-known, interrupted before its first answer, states no first answer', async () => {
  const named = ['unknown-user', 'access-known'];
  const earlier = await interruptedAt(
    named,
    (report) => ![undefined, 'unconfirmed'].includes(sentIn(report, 'access-known')[0]?.outcome),
  );
  const { findings } = await probeSimulator(simulator, { earlier, named });
  expect([findings.accessRequest, findings.accessAgain]).toEqual([undefined, undefined]);
  expect(simulator.ledger().calls['POST /user/request_access']).toBe(2);
});

test('a letter that was ordered is not ordered again, whether its answer is known or not', async () => {
  const named = ['create', 'identity'];
  const earlier = await interruptedAt(
    named,
    (report) => ![undefined, 'unconfirmed'].includes(sentIn(report, 'identity')[1]?.outcome),
  );
  expect(simulator.ledger().calls['POST /user/identity']).toBe(2);
  const report = await probeSimulator(simulator, { earlier, named });
  expect(simulator.ledger().calls['POST /user/identity']).toBe(2);
  expect(report.findings.identityOrder).toBe('success');
  expect(report.findings.identityLetters).toBeUndefined();
});

test.each(STEPS.filter(({ announces }) => announces.length > 0).map(({ name }) => name))(
  '%s, interrupted after each of its calls, states nothing that a whole run does not state',
  async (name) => {
    const needed = STEPS.map((step) => step.name).slice(
      0,
      STEPS.findIndex((step) => step.name === name),
    );
    const named = [...needed.filter((one) => one !== 'dates'), name];
    const whole = await probeSimulator(simulator, { named });
    const sent = sentIn(whole, name).length;
    expect(sent).toBeGreaterThan(0);
    for (let calls = 1; calls <= sent; calls += 1) {
      await simulator.reset();
      const earlier = await interruptedAt(named, (report) => {
        const last = sentIn(report, name)[calls - 1];
        return last !== undefined && last.outcome !== 'unconfirmed';
      });
      const report = await probeSimulator(simulator, { earlier, named });
      expect(report.steps[name]?.state).toBe('done');
      expect(whole.findings).toMatchObject(report.findings);
    }
  },
);

test('the probe writes to no account that it did not create itself', async () => {
  const email = ADDRESSES.plain;
  const created = await probeSimulator(simulator, { named: ['create'] });
  expect(created.writes).toHaveLength(1);
  // Another report: its probe has created nothing.
  const { writes, steps } = await probeSimulator(simulator, {
    named: STEPS.map(({ name }) => name),
  });
  expect(simulator.accounts().some((account) => account.email === email)).toBe(true);
  expect(writes.filter(({ role }) => role === 'plain')).toEqual([]);
  for (const name of ['duplicates', 'access-attached', 'terms-mail', 'payment-link', 'identity']) {
    expect(steps[name]).toMatchObject({ state: 'skipped' });
  }
  expect(steps['terms-accepted']?.notes.join()).toContain('has not created');
});
