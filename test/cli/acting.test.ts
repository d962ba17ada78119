import { beforeAll, expect, test } from '@jest/globals';
import { userInfo } from 'node:os';
import { Person } from '../support/person.ts';
import { registrationForm } from '../support/people.ts';
import { aReference, anAddress, listed, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { jsonIn, jsonLinesIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem();
const { testEnv, onboard } = system;

beforeAll(async () => {
  await testEnv.startWorker();
});

async function started(fields: object = {}): Promise<{ reference: string; email: string }> {
  const sender = { reference: aReference(), email: anAddress() };
  await system.client.start({ ...sender, ...fields });
  return sender;
}

async function awaitingAttachment() {
  const sender = { reference: aReference(), email: anAddress() };
  testEnv.simulator.createAccount({ email: sender.email, confirmed: '1', cgu: '1' });
  await system.client.start(sender);
  await reaches(system.client, sender.reference, 'awaiting-attachment');
  return { ...sender, person: new Person(testEnv.simulator, sender.email) };
}

test('a form that AR24 refuses is shown with the field, and a corrected one is accepted', async () => {
  const { reference } = await started();
  await reaches(system.client, reference, 'awaiting-registration');
  const { company_siret, ...incomplete } = registrationForm();
  const stdin = JSON.stringify(incomplete);
  const first = await onboard(['register', reference, '--file', '-', '--json'], { stdin });
  expect(first.code).toBe(0);
  expect(first.err).toContain('warning: registration.company_siret');
  expect(jsonIn(first.out)).toMatchObject({
    reference,
    warnings: [{ pointer: '/company_siret', detail: expect.any(String) }],
  });
  await eventually(
    'the field is refused',
    () => system.client.view(reference),
    (view) => !view.partial && view.fieldErrors.length > 0,
  );
  const { out } = await onboard(['status', reference]);
  expect(out).toContain('  AR24 refused   company_siret (missing_company_siret)\n');
  expect(out).toContain(`  to do          onboard register ${reference} --file FILE.json\n`);

  const form = await system.file('form.json', JSON.stringify({ ...incomplete, company_siret }));
  const second = await onboard(['register', reference, '--file', form, '--json']);
  expect(second.code).toBe(0);
  expect(jsonIn(second.out)).toMatchObject({ reference, fieldErrors: [], outcome: null });
  await reaches(system.client, reference, 'awaiting-email');
});

test('the address is corrected as long as there is no account', async () => {
  const { reference } = await started();
  await reaches(system.client, reference, 'awaiting-registration');
  const email = anAddress();
  testEnv.simulator.createAccount({ email });
  const args = ['correct-address', reference, '--email', '-', '--email-verified'];
  const corrected = await onboard(args, { stdin: email });
  expect(corrected.code).toBe(0);
  await reaches(system.client, reference, 'awaiting-attachment');
  await listed(() => system.client.list({ email }), reference);
});

test('a claim is checked at AR24, and is doubted if AR24 shows something else', async () => {
  const { reference } = await awaitingAttachment();
  const early = await onboard(['accept', reference, 'attachment', '--by', 'support']);
  expect(early.code).toBe(0);
  expect(early.out).toContain("waiting for the holder's answer to the access request");
  const doubted = await eventually(
    'AR24 was read',
    () => onboard(['status', reference]),
    ({ out }) => out.includes('AR24 shows something else'),
  );
  expect(doubted.out).toContain('access accepted, says support');
});

test('after a claim, the account that AR24 shows ends the onboarding', async () => {
  const { reference, person } = await awaitingAttachment();
  await person.acceptsAccess();
  expect((await onboard(['accept', reference, 'attachment', '--json'])).code).toBe(0);
  await reaches(system.client, reference, 'ready');
});

test('a refusal ends the onboarding, and later messages are refused', async () => {
  const { reference, person } = await awaitingAttachment();
  await person.refusesAccess();
  expect((await onboard(['refuse', reference, '--by', 'support'])).code).toBe(0);
  await reaches(system.client, reference, 'refused');
  const [shown, late] = await Promise.all([
    onboard(['status', reference]),
    onboard(['cancel', reference, '--reason', 'too late']),
  ]);
  expect(shown.out).toContain('the holder refused access, says support');
  expect(late).toMatchObject({ code: 4, out: '' });
  expect(late.err).toContain('this onboarding has ended (refused)');
});

test('a reminder is refused right after the mail, with the reason', async () => {
  const { reference } = await awaitingAttachment();
  const reminded = await onboard(['remind', reference]);
  expect(reminded).toMatchObject({ code: 4, out: '' });
  expect(reminded.err).toContain('less than 10 minutes old');
});

test('a reminder that AR24 cannot send is refused with what helps', async () => {
  const { reference } = await started();
  await reaches(system.client, reference, 'awaiting-registration');
  const reminded = await onboard(['remind', reference]);
  expect(reminded).toMatchObject({ code: 4, out: '' });
  expect(reminded.err).toContain('send the person a link to their page');
});

test('the deadline is moved', async () => {
  const { reference } = await started();
  await reaches(system.client, reference, 'awaiting-registration');
  const until = new Date(Date.now() + 40 * 86_400_000).toISOString();
  const extended = await onboard(['extend', reference, '--until', until]);
  expect(extended.code).toBe(0);
  expect(extended.out).toContain('deadline in 40 days');
  const past = await onboard(['extend', reference, '--until', '2001-01-31']);
  expect(past).toMatchObject({ code: 4, out: '' });
  expect(past.err).toContain('in the past');
});

test('a cancellation prints the outcome, with the name of the user who is logged in', async () => {
  const { reference } = await started();
  const cancelled = await onboard(['cancel', reference, '--reason', 'signed up twice', '--json']);
  expect(cancelled.code).toBe(0);
  expect(jsonIn(cancelled.out)).toMatchObject({
    status: 'cancelled',
    outcome: { kind: 'cancelled', by: userInfo().username, reason: 'signed up twice' },
  });
});

test('an operator sees the question and its answers, and their decision is recorded', async () => {
  const sender = { reference: aReference(), email: anAddress() };
  const account = { email: sender.email, confirmed: '1', cgu: '1' } as const;
  testEnv.simulator.createAccount({ ...account, attached: true });
  await system.client.start(sender);
  const { reference } = sender;
  await reaches(system.client, reference, 'awaiting-operator');
  const shown = await onboard(['status', reference]);
  expect(shown.out).toContain('please decide');
  expect(shown.out).toContain(`yes: onboard override ${reference} operator --reason TEXT`);
  expect(shown.out).toContain(`no:  onboard cancel ${reference} --reason TEXT`);

  const args = ['override', reference, 'operator', '--reason', 'confirmed by telephone'];
  expect((await onboard([...args, '--by', 'ana'])).code).toBe(0);
  const { outcome } = await reaches(system.client, reference, 'ready');
  expect(outcome).toMatchObject({ overrides: [{ by: 'ana', reason: 'confirmed by telephone' }] });
});

test('a problem is shown with its remedy, and all onboardings with it are checked at once', async () => {
  testEnv.simulator.setFaults({ unknownSlug: { slug: 'never_heard_of' } });
  const { reference } = await started();
  await eventually(
    'the problem',
    () => system.client.view(reference),
    ({ problem }) => problem !== null,
  );
  const shown = await onboard(['status', reference]);
  expect(shown.out).toMatch(/problem {8}AR24 answers with an unknown error \(never_heard_of\)/);
  expect(shown.out).toContain(`to try now: onboard check ${reference}`);
  expect(shown.out).toContain('paused while there is a problem');
  await listed(() => system.client.list({ problem: 'unknown-slug' }), reference);
  testEnv.simulator.setFaults({ unknownSlug: null });
  const checked = await onboard(['check', '--problem', 'unknown-slug', '--json']);
  expect(checked.code).toBe(0);
  expect(jsonLinesIn(checked.out)).toEqual([{ reference, checked: true }]);
  await reaches(system.client, reference, 'awaiting-registration');
});

test.each([
  [['accept', 'x', 'money'], 'Allowed choices are attachment, email, terms'],
  [['override', 'x', 'attachment', '--reason', 'y'], 'Allowed choices are email, terms'],
  [['override', 'x', 'email'], "required option '--reason <text>' not specified"],
  [['cancel', 'x', '--reason', ' '], 'reason: is empty'],
  [['extend', 'x', '--until', 'tomorrow'], 'until: a date is expected'],
  [['check'], 'check needs either a REFERENCE or --problem KIND'],
  [['check', 'x', '--problem', 'paused'], 'check needs either a REFERENCE or --problem KIND'],
])('%j is invalid', async (args, message) => {
  const { code, out, err } = await onboard(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});
