/** The probe does nothing that it has not announced, forgets nothing that it did, and gives nothing away. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { asMarkdown, hostKind, NOBODY, STEPS } from '../../probe/index.ts';
import { Budget, UnannouncedError } from '../../probe/announcement.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
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

describe('the host', () => {
  test.each([
    ['https://app.ar24.fr/api/', 'production'],
    ['https://APP.AR24.FR./api/', 'production'],
    ['https://www.ar24.fr/api', 'production'],
    ['https://ar24.fr/api/', 'production'],
    ['https://new-name.ar24.fr/api/', 'production'],
    ['https://sandbox.ar24.fr/api/', 'sandbox'],
    ['https://test.ar24.fr/api/', 'sandbox'],
    ['http://127.0.0.1:8424/api/', 'simulator'],
    ['http://LOCALHOST:8424/api/', 'simulator'],
    ['http://[::1]:8424/api/', 'simulator'],
    // Each could be an alias of production, or a proxy in front of it.
    ['https://not-ar24.fr/api/', undefined],
    ['https://ar24.internal/api/', undefined],
    ['https://sandbox.ar24.fr.example/api/', undefined],
    ['http://10.0.0.7:3128/api/', undefined],
    ['http://127.0.0.1.example/api/', undefined],
  ])('%s: %s', (url, expected) => {
    expect(hostKind(url)).toBe(expected);
  });
});

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
