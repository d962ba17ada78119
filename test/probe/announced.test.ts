/** No step creates, mails or pays more than it announced, whatever the habits of AR24. */
import { afterEach, expect, test } from '@jest/globals';
import { STEPS, type Step } from '../../probe/index.ts';
import { startSimulator, type Switches } from '../../simulator/index.ts';
import { OLD_TOKEN, STRICT, type Habits } from './habits.ts';
import { IndependentAr24 } from './independent-ar24.ts';
import { ADDRESSES, operatorAt, probeAt, probeSimulator, SILENT } from './probing.ts';

const ALL = STEPS.map(({ name }) => name);

const open: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

/** The addresses to which AR24 did something, in their order. */
interface Effects {
  readonly accounts: readonly string[];
  readonly mails: readonly string[];
  readonly letters: readonly string[];
  readonly links?: readonly string[];
}

const SWITCHES: readonly Partial<Switches>[] = [
  {},
  // Whatever may be created is created, and whatever may be mailed is mailed.
  { emailCase: 'sensitive', genderRequired: false, confirmedParameter: 'ignored' },
  { hideFields: ['id'], rejectDateReuse: true },
  { confirmedParameter: 'refused', cguParameter: 'refused', refusedAccessAgain: 'error' },
];

test.each(SWITCHES.map((switches) => [JSON.stringify(switches), switches] as const))(
  'with a simulator of %s',
  async (_text, switches) => {
    const simulator = await startSimulator({ port: 0, switches });
    open.push(simulator);
    const accounts = new Map<string, string>();
    const effects = (): Effects => {
      for (const { id, email } of simulator.accounts()) accounts.set(id, email);
      const of = (effect: string): string[] =>
        simulator
          .ledger()
          .effects.filter((one) => one.effect === effect)
          .map(({ to, accountId = '' }) => to ?? accounts.get(accountId) ?? accountId);
      return {
        accounts: of('account-created'),
        mails: of('mail-sent'),
        letters: of('letter-sent'),
        links: of('payment-link-made'),
      };
    };
    const { screen, excess, ended } = watching(effects);
    await probeSimulator(simulator, { named: ALL, screen });
    expect(excess).toEqual([]);
    expect(ended).toEqual(ALL);
  },
);

const EAGER: Partial<Habits> = { mailsAlways: true, mailsAgain: true, termsOnCreation: true };
const HABITS: readonly (readonly [string, Habits])[] = [
  ['is strict', STRICT],
  ['has an old token', OLD_TOKEN],
  [
    'creates a second account for the same address',
    { ...STRICT, duplicate: undefined, duplicateOfOthers: undefined },
  ],
  [
    'does so, and mails about every call',
    { ...OLD_TOKEN, ...EAGER, duplicate: undefined, duplicateOfOthers: undefined },
  ],
  ['mails about every call', { ...OLD_TOKEN, ...EAGER }],
  ['does so, and ignores case', { ...OLD_TOKEN, ...EAGER, caseMatters: false }],
  ['refuses every creation', { ...STRICT, ...EAGER, refusesCreation: 'limit_reached' }],
];

test.each(HABITS)('with an independent AR24 that %s', async (_name, habits) => {
  const ar24 = await new IndependentAr24(habits).start();
  open.push(ar24);
  ar24.open(ADDRESSES.known);
  const { screen, excess, ended } = watching(() => ({
    accounts: ar24.accounts,
    mails: ar24.mails.map(({ to }) => to),
    letters: ar24.letters,
  }));
  await probeAt(ar24, operatorAt(ar24), { named: ALL, screen });
  expect(excess).toEqual([]);
  expect(ended).toEqual(ALL);
});

/** Compares the effects of each step with its announcements. The operator's clicks have no such effects. */
function watching(effects: () => Effects) {
  const now = (): Required<Effects> => {
    const { accounts, mails, letters, links = [] } = effects();
    return { accounts: [...accounts], mails: [...mails], letters: [...letters], links: [...links] };
  };
  let before = now();
  const excess: string[] = [];
  const ended: string[] = [];
  const ending = (step: Step): void => {
    const after = now();
    const since = (kind: keyof Effects): readonly string[] =>
      after[kind].slice(before[kind].length);
    excess.push(...beyond(step, since));
    ended.push(step.name);
    before = after;
  };
  return { screen: { ...SILENT, ended: ending }, excess, ended };
}

function beyond(
  { name, announces }: Step,
  since: (kind: keyof Effects) => readonly string[],
): readonly string[] {
  const sum = (of: (one: Step['announces'][number]) => number): number =>
    announces.reduce((total, one) => total + of(one), 0);
  const most = {
    accounts: sum(({ accounts }) => accounts),
    mails: sum(({ mails }) => mails),
    letters: sum(({ letters = 0 }) => letters),
    links: sum(({ call, times }) => (call === 'POST /user/payment_request' ? times : 0)),
  };
  const announcedTo = announces.map(({ role }) => ADDRESSES[role].toLowerCase());
  return (['accounts', 'mails', 'letters', 'links'] as const).flatMap((kind) => [
    ...(since(kind).length > most[kind] ? [`${name}: ${since(kind).length} ${kind}`] : []),
    ...since(kind)
      .filter((to) => kind !== 'links' && !announcedTo.includes(to.toLowerCase()))
      .map(() => `${name}: ${kind} for another address`),
  ]);
}

test('a second account that AR24 creates for one address is reported, and no third one is tried', async () => {
  const ar24 = await new IndependentAr24({ ...STRICT, duplicate: undefined }).start();
  open.push(ar24);
  const named = ['create', 'duplicates'];
  const report = await probeAt(ar24, operatorAt(ar24), { named });
  expect(ar24.accounts).toEqual([ADDRESSES.plain, ADDRESSES.plain]);
  expect(report.findings).toMatchObject({ duplicate: 'success', emailCase: 'insensitive' });
  expect(report.findings.duplicateOtherCase).toBeUndefined();
  expect(report.steps['duplicates']?.notes.join()).toContain('created a second account');
  expect(report.contradictions.map(({ section }) => section)).toContain('3.3');
});

test('of a refused ordinary creation nothing follows about parameters', async () => {
  const ar24 = await new IndependentAr24({ ...STRICT, refusesCreation: 'limit_reached' }).start();
  open.push(ar24);
  ar24.open(ADDRESSES.known);
  const { findings, simulator, environment } = await probeAt(ar24, operatorAt(ar24));
  expect(findings.create).toBe('limit_reached');
  expect(findings).toMatchObject({ createConfirmed: 'limit_reached' });
  const { confirmedParameter, termsParameter, createNoGender, createNoVat } = findings;
  expect([confirmedParameter, termsParameter, createNoGender, createNoVat]).toEqual(
    Array(4).fill(undefined),
  );
  expect(simulator).not.toHaveProperty('genderRequired');
  expect(environment.join('\n')).not.toContain('PREACCEPTED');
});

test('a parameter is tried only after the ordinary creation', async () => {
  const ar24 = await new IndependentAr24(STRICT).start();
  open.push(ar24);
  const report = await probeAt(ar24, operatorAt(ar24), { named: ['create-terms'] });
  expect(report.steps['create-terms']).toMatchObject({ state: 'skipped' });
  expect(report.writes).toEqual([]);
});
