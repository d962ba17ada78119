/** `onboard probe` and `onboard simulator --like` as programs. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatorOptions } from '../../cli/simulator/options.ts';
import { ReportSchema, STEPS, type Report } from '../../probe/index.ts';
import { mask, reported } from '../../probe/addresses.ts';
import { emptyReport } from '../../probe/report.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { runOnboard, startOnboard, type Ran } from '../cli/onboard.ts';
import { eventually } from '../support/eventually.ts';
import { ADDRESSES } from './probing.ts';

const SWITCHES = {
  numbersAs: 'mixed',
  duplicateSlug: 'user_not_created',
  cguParameter: 'honoured',
  wrongSignatureSlug: 'signature_wrong',
} as const;

let folder: string;
let simulator: Simulator;
let env: Record<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'));
  simulator = await startSimulator({ port: 0, switches: SWITCHES });
  await writeFile(join(folder, 'addresses.json'), JSON.stringify(ADDRESSES));
  const { apiUrl, token, privateKey } = simulator;
  env = { AR24_BASE_URL: apiUrl, AR24_TOKEN: token, AR24_PRIVATE_KEY: privateKey };
});

afterEach(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);

function probe(...args: readonly string[]): Promise<Ran> {
  return runOnboard(['probe', '--report', at('report.json'), ...args], { env });
}

async function stored(name = 'report.json'): Promise<Report> {
  return ReportSchema.parse(JSON.parse(await readFile(at(name), 'utf8')));
}

test('reads first, goes on with addresses, and gives a report that a simulator behaves like', async () => {
  const reading = await probe('--read-only', '--yes');
  expect(reading).toMatchObject({ code: 0 });
  expect(simulator.ledger().effects).toEqual([]);
  expect((await stored()).findings).toMatchObject({ wrongSignature: 'signature_wrong' });

  const writing = await probe('--continue', '--yes', '--addresses', at('addresses.json'));
  expect(writing).toMatchObject({ code: 0 });
  expect(writing.out).toContain('# ONBOARDING_PREACCEPTED_TERMS=1');
  const report = await stored();
  expect(report.simulator).toMatchObject(SWITCHES);
  expect(await readFile(at('report.md'), 'utf8')).toContain(
    '| 10, item 10 | `cgu=1` is | honoured |',
  );
  const all = writing.out + writing.err;
  expect(all).not.toContain('@');
  expect(all).not.toContain(env['AR24_PRIVATE_KEY']);

  const like = startOnboard(
    ['simulator', '--port', '0', '--json', '--like', at('report.json')],
    {},
  );
  try {
    const printed = await eventually(
      'started',
      () => Promise.resolve(like.out()),
      (out) => out.includes('\n'),
    );
    const { apiUrl } = JSON.parse(printed) as { readonly apiUrl: string };
    const again = await runOnboard(
      ['probe', '--yes', '--report', at('again.json'), '--addresses', at('addresses.json')],
      { env: { ...env, AR24_BASE_URL: apiUrl } },
    );
    expect(again).toMatchObject({ code: 0 });
    const { findings } = await stored('again.json');
    // The second simulator has no account at the beginning either.
    expect(findings).toEqual(report.findings);
  } finally {
    like.child.kill('SIGTERM');
    await like.end;
  }
});

test('Ctrl-C leaves a report of all that was sent, and --continue goes on', async () => {
  // The account is created, and the answer comes too late.
  simulator.setFaults({ latencyMs: { min: 60_000, max: 60_000, routes: ['POST /user'] } });
  const args = ['--yes', '--step', 'create', '--addresses', at('addresses.json')];
  const running = startOnboard(['probe', '--report', at('report.json'), ...args], { env });
  await eventually(
    'sent',
    () => Promise.resolve(simulator.ledger().calls['POST /user'] ?? 0),
    (calls) => calls === 1,
  );
  running.child.kill('SIGINT');
  const { code, err } = await running.end;
  expect([code, err]).toEqual([130, expect.stringContaining('--continue')]);
  expect((await stored()).writes).toMatchObject([{ call: 'POST /user', outcome: 'unconfirmed' }]);
  expect(await readFile(at('report.md'), 'utf8')).toContain('| unconfirmed | not yet |');

  simulator.setFaults({ latencyMs: null });
  expect(await probe('--continue', ...args)).toMatchObject({ code: 0 });
  expect((await stored()).steps['create']?.state).toBe('done');
});

test('wrong credentials are a failure, and no other step runs', async () => {
  env = { ...env, AR24_TOKEN: 'wrong' };
  const { code, out, err } = await probe('--yes');
  expect([code, err]).toEqual([7, expect.stringContaining('token_invalid')]);
  expect(out).toMatch(/^Nothing was found\.\nNot done: transport\./);
  expect(out).not.toContain('--like');
  expect(Object.keys((await stored()).steps)).toEqual(['transport']);
});

test('without --yes and a terminal nothing is called', async () => {
  const { code, err } = await probe();
  expect([code, err]).toEqual([2, expect.stringContaining('add --yes')]);
  expect(simulator.ledger().calls['GET /user/list'] ?? 0).toBe(0);
});

test('refuses production, and the report of another host', async () => {
  env = { ...env, AR24_BASE_URL: 'https://app.ar24.fr/api/' };
  const refused = await probe('--yes', '--read-only');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--production')]);

  const { apiUrl } = simulator;
  await writeFile(at('report.json'), JSON.stringify(emptyReport('sandbox.ar24.fr', new Date())));
  env = { ...env, AR24_BASE_URL: apiUrl };
  expect((await probe('--yes', '--continue')).err).toContain('is about sandbox.ar24.fr');
  expect((await probe('--yes')).err).toContain('exists: go on with --continue');
});

test('refuses to go on with another address of a role', async () => {
  const empty = emptyReport(new URL(simulator.apiUrl).host, new Date());
  // Another address with the same mask.
  const before = reported('Lucienne@probe-2.example', empty.salt);
  expect(before.masked).toBe(reported(ADDRESSES.plain, empty.salt).masked);
  const report = { ...empty, addresses: { plain: before } };
  await writeFile(at('report.json'), JSON.stringify(report));
  const { code, err } = await probe('--yes', '--continue', '--addresses', at('addresses.json'));
  expect([code, err]).toEqual([2, expect.stringContaining('the address of plain is not that')]);
});

test.each([
  ['jeanne@example.org', 'j…@e….org'],
  ['a@b.fr', '…@….fr'],
  ['anne@free.fr', '…@….fr'],
  ['jeanne@mail.example.org', 'j…@m….org'],
])('the mask of %s is %s', (email, masked) => {
  expect(mask(email)).toBe(masked);
});

test('a host that may lead to production needs a word on what it is', async () => {
  env = {
    ...env,
    AR24_BASE_URL: env['AR24_BASE_URL']?.replace('127.0.0.1', 'ar24.invalid') ?? '',
  };
  const refused = await probe('--yes', '--read-only', '--step', 'transport');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--host-is')]);
  expect(simulator.ledger().calls['GET /user/list'] ?? 0).toBe(0);
  const named = await probe('--yes', '--step', 'transport', '--host-is', 'simulator');
  // Tried, although nothing answers there.
  expect(named.err).toContain('no-answer');
  env = { ...env, AR24_BASE_URL: 'https://app.ar24.fr/api/' };
  const production = await probe('--yes', '--step', 'transport', '--host-is', 'simulator');
  expect([production.code, production.err]).toEqual([2, expect.stringContaining('--production')]);
});

test('a switch overrides that of --like', () => {
  const given = { switch: ['numbersAs=strings'], fault: [] };
  const like = { numbersAs: 'mixed', emailCase: 'sensitive' };
  const { switches } = simulatorOptions(given, {}, like);
  expect(switches).toEqual({ numbersAs: 'strings', emailCase: 'sensitive' });
});

test('--plan shows every announcement and needs no settings', async () => {
  const { code, out } = await runOnboard([
    'probe',
    '--plan',
    '--step',
    'create',
    '--step',
    'identity',
  ]);
  expect(code).toBe(0);
  expect(out).toContain('at most 1 account, 2 mails, no cost');
  expect(out).toContain('COSTS MONEY');
  const all = await runOnboard(['probe', '--plan', '--json']);
  const steps = JSON.parse(all.out) as { name: string }[];
  const free = STEPS.filter(({ kind }) => kind !== 'paid');
  expect(steps.map(({ name }) => name)).toEqual(free.map(({ name }) => name));
});

test('--schema is a JSON schema of the report', async () => {
  const { out } = await runOnboard(['probe', '--schema']);
  expect(JSON.parse(out)).toMatchObject({ type: 'object', properties: { findings: {} } });
});

test.each([
  [['--step', 'no-such-step'], 'there is no step no-such-step'],
  [['--read-only', '--step', 'create'], 'leave out --read-only'],
  [['--listen', 'nowhere'], 'PORT or HOST:PORT'],
])('%j is refused', async (args, message) => {
  const { code, err } = await probe('--yes', ...args);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  ['{"plain": "no address"}', 'is no e-mail address'],
  ['{"plain": "a@x.example", "terms": "A@x.example"}', 'has the address of another role'],
  ['{"unknown": "a@x.example"}', 'unknown'],
  ['plain=a@x.example', 'is not JSON'],
])(
  'a file of addresses with %s is refused without repeating an address',
  async (content, message) => {
    await writeFile(at('addresses.json'), content);
    const { code, err } = await probe('--yes', '--addresses', at('addresses.json'));
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).not.toContain('@');
  },
);

test('--like refuses a file that is no report, or has switches that do not exist', async () => {
  await writeFile(at('report.json'), '{}');
  const none = await runOnboard(['simulator', '--port', '0', '--like', at('report.json')]);
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('is no report')]);
  expect(none.err).toMatch(/its "format" is not "ar24-probe\/1"$/m);
  await writeFile(at('report.json'), JSON.stringify({ format: 'ar24-probe/1', steps: {} }));
  const damaged = await runOnboard(['simulator', '--port', '0', '--like', at('report.json')]);
  expect([damaged.code, damaged.err]).toEqual([2, expect.stringContaining('damaged report')]);
  const newer = { ...emptyReport('here', new Date()), simulator: { ofTheFuture: true } };
  await writeFile(at('report.json'), JSON.stringify(newer));
  const unknown = await runOnboard(['simulator', '--port', '0', '--like', at('report.json')]);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('ofTheFuture')]);
});
