import { beforeAll, expect, test } from '@jest/globals';
import { registrationForm } from '../support/people.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { jsonIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem();
const { testEnv, onboard } = system;

beforeAll(async () => {
  await testEnv.startWorker();
});

/** An attached account: its onboarding ends at once. */
function readySender(): { readonly reference: string; readonly email: string } {
  const sender = { reference: aReference(), email: anAddress() };
  const { reference: custom_ref, email } = sender;
  testEnv.simulator.createAccount({ email, custom_ref, attached: true, confirmed: '1', cgu: '1' });
  return sender;
}

test('a start says what to do next, and may be repeated', async () => {
  const reference = aReference();
  const args = ['start', reference, '--email', anAddress()];
  const first = await onboard(args);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toBe(`${reference}: started; see it with: onboard watch ${reference}\n`);
  const again = await onboard([...args, '--json']);
  expect(again.code).toBe(0);
  expect(jsonIn(again.out)).toMatchObject({ kind: 'open', reference });
});

test('a start with another request leaves the open onboarding alone, and exits with 4', async () => {
  const reference = aReference();
  await onboard(['start', reference, '--email', anAddress()]);
  const other = await onboard(['start', reference, '--email', anAddress()]);
  expect(other).toMatchObject({ code: 4, out: '' });
  expect(other.err).toContain('with another request');
  const json = await onboard(['start', reference, '--email', anAddress(), '--json']);
  expect(json.code).toBe(4);
  expect(jsonIn(json.out)).toMatchObject({ kind: 'open-differs' });
});

test('after the end a start prints the outcome, and a restart starts another onboarding', async () => {
  const reference = aReference();
  const args = ['start', reference, '--email', anAddress()];
  await onboard(args);
  await onboard(['cancel', reference, '--reason', 'a mistake', '--by', 'ana']);
  const ended = await onboard(args);
  expect(ended).toMatchObject({ code: 4, out: '' });
  expect(ended.err).toContain('cancelled by ana: a mistake; --restart starts another one');
  expect(await onboard([...args, '--restart'])).toMatchObject({ code: 0 });
});

test('a start for a sender who is ready exits with 0 again', async () => {
  const { reference, email } = readySender();
  await onboard(['start', reference, '--email', email]);
  await reaches(system.client, reference, 'ready');
  const again = await onboard(['start', reference, '--email', email]);
  expect(again.code).toBe(0);
  expect(again.out).toContain('has ended already: ready with AR24 account');
});

test('the address comes from standard input', async () => {
  const reference = aReference();
  const email = anAddress();
  const started = await onboard(['start', reference, '--email', '-'], { stdin: `${email}\n` });
  expect(started.code).toBe(0);
  expect(await system.client.start({ reference, email })).toMatchObject({ kind: 'open' });
});

test('all options of a start reach the onboarding', async () => {
  const reference = aReference();
  const email = anAddress();
  const registration = registrationForm();
  const form = await system.file('form.json', `\uFEFF${JSON.stringify(registration)}`);
  const started = await onboard([
    ...['start', reference, '--email', email, '--email-verified', '--language', 'en', '--bulk'],
    ...['--registration', form, '--require', 'identity,payment'],
    ...['--terms-evidence', 'v@2@2026-05-04T09:30:00Z'],
  ]);
  expect(started.code).toBe(0);
  const same = {
    ...({ reference, email, emailVerified: true, language: 'en', registration } as const),
    require: ['payment', 'identity'] as const,
    termsEvidence: { version: 'v@2', acceptedAt: '2026-05-04T09:30:00Z' },
  };
  expect(await system.client.start(same)).toMatchObject({ kind: 'open' });
});

test('a form that AR24 will probably refuse gets a warning, and is accepted', async () => {
  const { company_siret, ...form } = registrationForm();
  const path = await system.file('without-siret.json', JSON.stringify(form));
  const started = await onboard([
    'start',
    aReference(),
    '--email',
    anAddress(),
    '--registration',
    path,
    '--json',
  ]);
  expect(started.code).toBe(0);
  expect(started.err).toContain('warning: registration.company_siret');
  expect(jsonIn(started.out)).toMatchObject({
    kind: 'started',
    warnings: [{ pointer: '/registration/company_siret', detail: expect.any(String) }],
  });
  expect(company_siret).toBeDefined();
});

test('--wait prints the timeline and exits with 0 when the sender is ready', async () => {
  const { reference, email } = readySender();
  const waited = await onboard(['start', reference, '--email', email, '--wait', '--json']);
  expect(waited.code).toBe(0);
  expect(jsonIn(waited.out)).toMatchObject({
    kind: 'started',
    view: { reference, status: 'ready', outcome: { kind: 'ready', how: 'found' } },
  });
  expect(waited.err).toContain('ready: this sender can send through AR24');
});

/** Starts with --wait, and resolves when the command prints the outstanding requirement. */
async function waitingStart(reference: string, ...more: readonly string[]) {
  const waiting = system.begin(['start', reference, '--email', anAddress(), '--wait', ...more]);
  await eventually(
    'it waits',
    () => Promise.resolve(waiting.err()),
    (printed) => printed.includes('waiting for the registration form'),
  );
  return waiting;
}

test('--wait exits with 6 when the outcome is not ready', async () => {
  const reference = aReference();
  const waiting = await waitingStart(reference);
  await system.client.cancel(reference, { reason: 'a mistake' });
  await system.client.result(reference);
  const waited = await waiting.end;
  expect(waited).toMatchObject({ code: 6, out: '' });
  expect(waited.err).toContain('ended as cancelled');
});

test('with --json, --wait prints the result and the last view for every outcome', async () => {
  const reference = aReference();
  const waiting = await waitingStart(reference, '--json');
  await system.client.cancel(reference, { reason: 'a mistake' });
  await system.client.result(reference);
  const waited = await waiting.end;
  expect(waited.code).toBe(6);
  expect(jsonIn(waited.out)).toMatchObject({
    ...{ kind: 'started', reference },
    view: { reference, status: 'cancelled', outcome: { kind: 'cancelled', reason: 'a mistake' } },
  });
});

test('with --json, --wait prints the last view also after Ctrl-C', async () => {
  const reference = aReference();
  const waiting = await waitingStart(reference, '--json');
  waiting.child.kill('SIGINT');
  const waited = await waiting.end;
  expect(waited.code).toBe(130);
  expect(jsonIn(waited.out)).toMatchObject({
    ...{ kind: 'started', reference },
    // The last line of the timeline may be newer than the view.
    view: { reference, outcome: null },
  });
});

test('Ctrl-C ends the waiting, not the onboarding', async () => {
  const reference = aReference();
  const waiting = await waitingStart(reference);
  waiting.child.kill('SIGINT');
  const waited = await waiting.end;
  expect(waited.code).toBe(130);
  expect(waited.err).toContain('the onboarding goes on');
  expect((await system.client.view(reference)).outcome).toBeNull();
});

test.each([
  ['no JSON', '{"firstname": "Jeanne" "lastname"}', 'is not JSON (line 1 column'],
  ['an unknown field', '{"prenom": "Jeanne"}', 'unknown field "prenom"'],
  ['a list', '["Jeanne"]', 'registration: '],
  ['something endless', `"${'Jeanne'.repeat(20_000)}"`, 'is longer than 65536 bytes'],
])('a registration file with %s is refused without its content', async (_, content, message) => {
  const path = await system.file('odd.json', content);
  const started = await onboard([
    'start',
    aReference(),
    '--email',
    anAddress(),
    '--registration',
    path,
  ]);
  expect(started).toMatchObject({ code: 2, out: '' });
  expect(started.err).toContain(message);
  expect(started.err).not.toContain('Jeanne');
});

test.each([
  [['--registration', '/nowhere/form.json'], 'there is no such file'],
  [['--registration', '/'], 'is no file'],
  [['--registration', '-', '--email', '-'], 'only one of'],
  [['--require', 'gold'], 'Known are payment, identity'],
  [['--terms-evidence', 'v2'], 'VERSION@TIME'],
  [['--terms-evidence', 'v2@yesterday'], 'termsEvidence.acceptedAt: a moment is expected'],
  [['--language', 'de'], 'Allowed choices are fr, en'],
  [['--email', 'nobody'], 'email: is not an e-mail address'],
])('start with %j is invalid', async (more, message) => {
  const email = more.includes('--email') ? [] : ['--email', anAddress()];
  const started = await onboard(['start', aReference(), ...email, ...more]);
  expect(started).toMatchObject({ code: 2, out: '' });
  expect(started.err).toContain(message);
});

test.each([
  [['start', 'zoe@example.org', '--email', 'zoe@example.org'], 'must not be an e-mail address'],
  [['start', 'a-reference', 'zoe@example.org', '--email', '-'], 'too many arguments'],
  [['start', 'zoe@example.org'], "required option '--email <address>' not specified"],
])('an address in the wrong place is not repeated: %j', async (args, message) => {
  const started = await onboard(args);
  expect(started).toMatchObject({ code: 2, out: '' });
  expect(started.err).toContain(message);
});
