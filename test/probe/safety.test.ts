/** The probe does nothing that it has not announced, forgets nothing that it did, and gives nothing away. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  asMarkdown,
  isProduction,
  NOBODY,
  STEPS,
  type Report,
  type Step,
} from '../../probe/index.ts';
import { Budget, UnannouncedError } from '../../probe/announcement.ts';
import {
  startSimulator,
  type LedgerEntry,
  type Simulator,
  type Switches,
} from '../../simulator/index.ts';
import { ADDRESSES, operatorOf, probeAt, probeSimulator, SILENT } from './probing.ts';

const TOKEN = 'token-that-nobody-may-see';
const PRIVATE_KEY = 'key-that-nobody-may-see';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ port: 0, token: TOKEN, privateKey: PRIVATE_KEY });
});

afterEach(async () => {
  await simulator.stop();
});

describe('production', () => {
  test.each([
    ['https://app.ar24.fr/api/', true],
    ['https://APP.AR24.FR./api/', true],
    ['https://www.ar24.fr/api', true],
    ['https://ar24.fr/api/', true],
    ['https://new-name.ar24.fr/api/', true],
    ['https://sandbox.ar24.fr/api/', false],
    ['https://test.ar24.fr/api/', false],
    ['http://127.0.0.1:8424/api/', false],
    ['https://not-ar24.fr/api/', false],
  ])('%s: %s', (url, expected) => {
    expect(isProduction(url)).toBe(expected);
  });
});

const EXTREMES: readonly Partial<Switches>[] = [
  {},
  // Whatever may be created is created, and whatever may be mailed is mailed.
  { emailCase: 'sensitive', genderRequired: false, confirmedParameter: 'ignored' },
  { hideFields: ['id'], rejectDateReuse: true },
  { confirmedParameter: 'refused', cguParameter: 'refused', refusedAccessAgain: 'error' },
];

test.each(EXTREMES.map((switches) => [JSON.stringify(switches), switches] as const))(
  'each step creates and mails at most what it announced, with %s',
  async (_text, switches) => {
    simulator.setSwitches(switches);
    simulator.createAccount({ email: ADDRESSES.known });
    const excess: string[] = [];
    let before = simulator.ledger().effects.length;
    const checked: string[] = [];
    await probeSimulator(simulator, {
      named: STEPS.map(({ name }) => name),
      screen: {
        ...SILENT,
        ended: (step) => {
          const { effects } = simulator.ledger();
          excess.push(...beyond(step, effects.slice(before)));
          checked.push(step.name);
          before = effects.length;
        },
      },
    });
    expect(excess).toEqual([]);
    expect(checked).toEqual(STEPS.map(({ name }) => name));
  },
);

/** The effects of a step that it did not announce. Those of the operator's clicks are not its own. */
function beyond({ name, announces }: Step, effects: readonly LedgerEntry[]): readonly string[] {
  const sum = (of: (one: Step['announces'][number]) => number): number =>
    announces.reduce((total, one) => total + of(one), 0);
  const count = (effect: LedgerEntry['effect']): number =>
    effects.filter((one) => one.effect === effect).length;
  const announcedTo = announces.map(({ role }) => ADDRESSES[role].toLowerCase());
  const links = announces.some(({ call }) => call === 'POST /user/payment_request') ? 1 : 0;
  return [
    ...(count('account-created') > sum(({ accounts }) => accounts) ? ['accounts'] : []),
    ...(count('mail-sent') > sum(({ mails }) => mails) ? ['mails'] : []),
    ...(count('letter-sent') > sum(({ letters = 0 }) => letters) ? ['letters'] : []),
    ...(count('payment-link-made') > links ? ['links'] : []),
    ...effects
      .filter(({ to }) => to !== undefined && !announcedTo.includes(to.toLowerCase()))
      .map(({ effect }) => `${effect} to another address`),
  ].map((what) => `${name}: ${what}`);
}

test('the steps that only read have no effect at all, and call no other route', async () => {
  const report = await probeSimulator(simulator, { readOnly: true });
  const { effects, calls } = simulator.ledger();
  expect(effects.map(({ effect }) => effect)).toEqual(['account-opened']);
  expect(
    Object.keys(calls)
      .filter((route) => calls[route] !== 0)
      .sort(),
  ).toEqual(['GET /user', 'GET /user/list']);
  expect(report.writes).toEqual([]);
});

test('a step that tries more than it announced is stopped before it sends anything', () => {
  const budget = new Budget('careless', [
    { call: 'POST /user', role: 'plain', times: 1, accounts: 1, mails: 2, does: 'creates' },
  ]);
  budget.spend('POST /user', 'plain');
  expect(() => {
    budget.spend('POST /user', 'plain');
  }).toThrow(UnannouncedError);
  expect(() => {
    budget.spend('POST /user/identity', 'plain');
  }).toThrow(UnannouncedError);
});

test('a step that is not confirmed does nothing', async () => {
  const report = await probeSimulator(simulator, {
    screen: { ...SILENT, confirm: ({ kind }) => Promise.resolve(kind === 'reads') },
  });
  expect(report.writes).toEqual([]);
  expect(report.steps['create']).toMatchObject({ state: 'skipped', notes: ['not confirmed'] });
});

test('the paid step runs only if it is named', async () => {
  const report = await probeSimulator(simulator);
  expect(Object.keys(report.steps)).not.toContain('identity');
  expect(simulator.ledger().effects.map(({ effect }) => effect)).not.toContain('letter-sent');
});

test('neither report has a secret, an address, an account id, a name or a link', async () => {
  const report = await probeSimulator(simulator, { named: STEPS.map(({ name }) => name) });
  const texts = [JSON.stringify(report), asMarkdown(report)].map((text) => text.toLowerCase());
  const ids = simulator.accounts().map(({ id }) => `"${id}"`);
  const { siret, ...addresses } = ADDRESSES;
  const locals = Object.values(addresses).map((email) => email.split('@')[0] ?? '');
  const secrets = [TOKEN, PRIVATE_KEY, siret, ...Object.values(addresses), 'probe-test', '/m/'];
  const personal = [
    'Œuvrard',
    'rue de la Paix',
    ...locals.filter((local) => !(local in addresses)),
  ];
  const found = [...secrets, ...personal, ...ids].filter((one) =>
    texts.some((text) => text.includes(one.toLowerCase())),
  );
  expect(found).toEqual([]);
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

describe('with failures of the network', () => {
  test('a lost answer to a creation is read back, and never sent again', async () => {
    simulator.setFaults({ loseAnswer: { count: 1, routes: ['POST /user'] } });
    const report = await probeSimulator(simulator, { named: ['create'] });
    expect(report.writes).toMatchObject([{ outcome: 'unconfirmed', readBack: 'success' }]);
    expect(report.steps['create']?.state).toBe('failed');
    expect(report.findings.create).toBe('success');
    expect(simulator.ledger().calls['POST /user']).toBe(1);
  });

  test('maintenance is no finding, and the step can be run again', async () => {
    simulator.setFaults({ maintenance: { routes: ['GET /user'] } });
    const earlier = await probeSimulator(simulator, { named: ['unknown-user'] });
    expect(earlier.steps['unknown-user']?.state).toBe('failed');
    expect(earlier.findings.unknownEmail).toBeUndefined();
    simulator.setFaults({ maintenance: null });
    const report = await probeSimulator(simulator, { earlier, named: ['unknown-user'] });
    expect(report.findings.unknownEmail).toBe('user_not_exist');
  });

  test('wrong credentials stop it after the first step', async () => {
    const { apiUrl } = simulator;
    const partner = { apiUrl, token: 'wrong', privateKey: PRIVATE_KEY };
    const report = await probeAt(partner, NOBODY);
    expect(Object.keys(report.steps)).toEqual(['transport']);
    expect(report.steps['transport']?.notes.join()).toContain('token_invalid');
  });
});

test('without people, the steps that need them are skipped, and numbers of mails stay unknown', async () => {
  const report = await probeSimulator(simulator, { operator: NOBODY });
  expect(report.steps['terms-accepted']).toMatchObject({
    state: 'skipped',
    notes: ['nobody clicked'],
  });
  expect(report.findings.termsMails).toBeUndefined();
  expect(report.simulator).not.toHaveProperty('termsMailOnCreation');
});

test('an operator who answers one question only is believed for that one', async () => {
  const { act, count } = operatorOf(simulator);
  const operator = {
    act,
    count: (...of: Parameters<typeof count>) =>
      of[1] === 'terms' ? count(...of) : Promise.resolve(undefined),
  };
  const { findings } = await probeSimulator(simulator, { operator, named: ['create'] });
  expect([findings.termsMails, findings.confirmationMails]).toEqual([1, undefined]);
});
