import { beforeAll, expect, test } from '@jest/globals';
import { aReference, anAddress, listed, reaches } from '../client/onboardings.ts';
import { jsonIn, jsonLinesIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem();
const { testEnv, begin, onboard } = system;

const waiting = aReference();
const email = anAddress();
const cancelled = aReference();
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await testEnv.startWorker();
});

test('without onboardings, list says how to start one', async () => {
  const empty = await onboard(['list']);
  expect(empty).toMatchObject({ code: 0, out: '' });
  expect(empty.err).toContain('start one with: onboard start REFERENCE --email ADDRESS');
  expect(await onboard(['list', '--json'])).toEqual({ code: 0, out: '', err: '' });
});

test('status shows a person the outstanding requirement, what to do, and the next step', async () => {
  await system.client.start({ reference: waiting, email });
  await reaches(system.client, waiting, 'awaiting-registration');
  const { code, out, err } = await onboard(['status', waiting]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n').map((line) => line.slice(0, 90).trimEnd())).toEqual([
    expect.stringMatching(`^${waiting}: awaiting-registration for \\d+ s$`),
    '  state          waiting for the registration form',
    expect.stringMatching(/^ {2}since {10}\d{4}-\d\d-\d\d \d\d:\d\d \(/),
    expect.stringMatching(/^ {2}address {8}.…@example\.org$/),
    expect.stringContaining('  to do          onboard register ref-'),
    expect.stringMatching(/^ {2}AR24 said {6}no account \(.*\)$/),
    expect.stringMatching(/^ {2}next read {6}in \d+ min$/),
    expect.stringMatching(/^ {2}deadline {7}in 30 days \(/),
    '',
  ]);
});

test('status prints at least the documented members as JSON', async () => {
  const { code, out } = await onboard(['status', waiting, '--json']);
  expect(code).toBe(0);
  expect(jsonIn(out)).toMatchObject({
    reference: waiting,
    status: 'awaiting-registration',
    waitingFor: ['registration'],
    problem: null,
    since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    deadline: expect.stringMatching(/Z$/),
    outcome: null,
    partial: false,
  });
});

test('list prints a table, or with --json a value a line', async () => {
  await system.client.start({ reference: cancelled, email: anAddress() });
  await system.client.cancel(cancelled, { reason: 'a mistake' });
  await system.client.result(cancelled);
  await listed(() => system.client.list({ status: 'cancelled' }), cancelled);
  const { code, out } = await onboard(['list']);
  expect(code).toBe(0);
  expect(out).toMatch(/^REFERENCE +STATUS +FOR +WAITING FOR +PROBLEM +DEADLINE\n/);
  expect(out).toMatch(
    new RegExp(`^${waiting} +awaiting-registration +\\d+ s +registration +in 30 days$`, 'm'),
  );
  const json = await onboard(['list', '--json']);
  expect(jsonLinesIn(json.out)).toEqual([
    expect.objectContaining({ reference: waiting, status: 'awaiting-registration' }),
    expect.objectContaining({ reference: cancelled, status: 'cancelled' }),
  ]);
});

test.each([
  [['--status', 'awaiting-registration'], waiting],
  [['--waiting-for', 'registration'], waiting],
  [['--status', 'cancelled'], cancelled],
  [['--email', '-'], waiting],
])('list %j finds the one onboarding', async (filter, reference) => {
  const { out } = await onboard(['list', '--json', ...filter], { stdin: email.toUpperCase() });
  expect(jsonLinesIn(out)).toEqual([expect.objectContaining({ reference })]);
});

test.each([[['--problem', 'clock']], [['--stuck']], [['--status', 'ready']]])(
  'list %j finds none, and reports that there are others',
  async (filter) => {
    const { code, out, err } = await onboard(['list', ...filter]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('no onboarding matches');
  },
);

test('a list that is cut ends with a note', async () => {
  const { code, out, err } = await onboard(['list', '--limit', '1']);
  expect(code).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(2);
  expect(err).toContain('and more');
});

test('a reader that closes the output early causes no failure', async () => {
  const { child, end } = begin(['list', '--json']);
  child.stdout?.destroy();
  expect(await end).toMatchObject({ code: 0, err: '' });
});

test.each([
  [['list', '--status', 'sleeping'], 'Allowed choices are'],
  [['list', '--limit', 'few'], 'A whole number from 1 on is expected'],
  [['list', '--email', 'nobody'], 'email: is not an e-mail address'],
  [['status'], "missing required argument 'reference'"],
  [['status', 'not a reference'], 'reference: must be 1 to 128 letters'],
])('%j is invalid', async (args, message) => {
  const { code, out, err } = await onboard(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('an unknown reference exits with 3', async () => {
  const commands = [
    ...['status', 'watch', 'check', 'remind', 'refuse'].map((name) => [name]),
    ['accept', 'terms'],
    ['cancel', '--reason', 'x'],
    ['override', 'operator', '--reason', 'x'],
    ['extend', '--until', '2099-01-31'],
    ['correct-address', '--email', 'zoe@example.org'],
  ];
  const runs = commands.map(([name = '', ...more]) => onboard([name, 'nobody-42', ...more]));
  const err = 'onboard: no onboarding with the reference nobody-42\n';
  expect(await Promise.all(runs)).toEqual(runs.map(() => ({ code: 3, out: '', err })));
});

test('without a worker, status and list show the data of Temporal, and updates fail with 5', async () => {
  await stopWorker();
  const [text, json, list, update, policy] = await Promise.all([
    onboard(['status', waiting]),
    onboard(['status', waiting, '--json']),
    onboard(['list', '--json', '--waiting-for', 'registration']),
    onboard(['extend', waiting, '--until', new Date(Date.now() + 1e9).toISOString()]),
    onboard(['policy', 'show']),
  ]);
  expect(text.code).toBe(0);
  expect(text.out).toContain('no worker answers: only the data of Temporal');
  expect(text.out).toContain('waiting for the registration form');
  expect(jsonIn(json.out)).toMatchObject({ partial: true, waitingFor: ['registration'] });
  expect(jsonLinesIn(list.out)).toHaveLength(1);
  expect(update).toMatchObject({ code: 5, out: '' });
  expect(update.err).toContain(`no worker answered for ${waiting}`);
  expect(update.err).toContain('may still be delivered');
  expect(policy.code).toBe(5);
  expect(policy.err).toMatch(/^onboard: no worker answered for the policy within \d+ s\n$/);
});
