/** `onboard pause` and `resume`: one command stops all writes to AR24, and another has everybody go on. */
import { expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { Person } from '../support/person.ts';
import { registrationForm } from '../support/people.ts';
import { jsonIn, jsonLinesIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem();
const { testEnv, onboard } = system;

const WRITES = ['POST /user', 'POST /user/request_access', 'POST /user/request_cgu'];

function written(): readonly string[] {
  const { calls } = testEnv.simulator.ledger();
  return WRITES.filter((route) => (calls[route] ?? 0) > 0);
}

const reads = () => testEnv.simulator.ledger().calls['GET /user'] ?? 0;

async function startedFor(fields: object = {}) {
  const sender = { reference: aReference(), email: anAddress() };
  await system.client.start({ ...sender, ...fields });
  return sender;
}

async function hasProblem(reference: string): Promise<void> {
  await eventually(
    'paused',
    () => system.client.view(reference),
    (view) => !view.partial && view.problem?.kind === 'paused',
  );
}

test('nothing is written from the pause to its end, over a restart of the worker, and then everybody goes on', async () => {
  const first = await onboard(['pause', '--reason', 'wrong mails', '--by', 'ana', '--json']);
  expect(first.code).toBe(0);
  expect(jsonIn(first.out)).toMatchObject({ paused: { by: 'ana', reason: 'wrong mails' } });
  const again = await onboard(['pause', '--reason', 'another']);
  expect(again.err).toContain('They were paused before; that pause is kept.');
  expect(again.out).toMatch(
    /^Writes to AR24 are paused since 2[-0-9]+ [0-9:]+, by ana: wrong mails\n$/,
  );

  const stop = await testEnv.startWorker();
  const unknown = await startedFor({ registration: registrationForm() });
  testEnv.simulator.createAccount({ email: 'held@example.org', confirmed: '1', cgu: '1' });
  const held = await startedFor({ email: 'held@example.org' });
  await hasProblem(unknown.reference);
  await hasProblem(held.reference);
  const list = await onboard(['list', '--problem', 'paused']);
  expect(list.out).toContain(held.reference);
  const { out } = await onboard(['status', held.reference]);
  expect(out).toContain('an operator has paused writes to AR24 (onboard resume)');
  const doctor = await onboard(['doctor']);
  expect(doctor.out).toContain('by ana: wrong mails');
  expect(doctor.out).toContain('To end the pause: `onboard resume`.');

  await stop();
  await testEnv.startWorker();
  const readsBefore = reads();
  await system.client.check(unknown.reference);
  await eventually(
    'tried again',
    () => Promise.resolve(reads()),
    (now) => now > readsBefore,
  );
  await hasProblem(unknown.reference);
  expect(written()).toEqual([]);

  const resumed = await onboard(['resume', '--json']);
  expect(jsonLinesIn(resumed.out)).toEqual(
    expect.arrayContaining([
      { resumed: true },
      { reference: unknown.reference, checked: true },
      { reference: held.reference, checked: true },
    ]),
  );
  await reaches(system.client, unknown.reference, 'awaiting-email');
  await reaches(system.client, held.reference, 'awaiting-attachment');
  const end = await onboard(['resume']);
  expect(end.out).toBe('Writes to AR24 were not paused.\n');
});

test('reads go on: who accepts meanwhile is ready', async () => {
  const email = anAddress();
  testEnv.simulator.createAccount({ email, confirmed: '1', cgu: '1' });
  const { reference } = await startedFor({ email });
  await reaches(system.client, reference, 'awaiting-attachment');
  expect((await onboard(['pause', '--reason', 'a test'])).code).toBe(0);
  await new Person(testEnv.simulator, email).acceptsAccess();
  await system.client.check(reference);
  await reaches(system.client, reference, 'ready');
  expect((await onboard(['resume'])).out).toBe('Workers write to AR24 again.\n');
});

test('while it lasts, every command that people watch senders with notes it, and programs do not read it', async () => {
  const email = anAddress();
  testEnv.simulator.createAccount({ email, confirmed: '1', cgu: '1', attached: '1' });
  const { reference } = await startedFor({ email, emailVerified: true });
  await reaches(system.client, reference, 'ready');
  const note = /^Writes to AR24 are paused since 2.* by .*: a note \(`onboard resume` ends it\)$/m;
  expect((await onboard(['pause', '--reason', 'a note'])).code).toBe(0);
  const file = join(await temporaryFolder(), 'customers.csv');
  await writeFile(file, `reference;email\n${aReference()};${anAddress()}\n`);
  const commands = [
    ['list', '--problem', 'maintenance'],
    ['status', reference],
    ['watch', reference],
    ['start', aReference(), '--email', anAddress()],
    ['import', file],
  ];
  for (const command of commands) {
    const { err, code } = await onboard(command);
    expect([command[0], code, note.test(err)]).toEqual([command[0], 0, true]);
  }
  const json = await onboard(['list', '--status', 'ready', '--json']);
  expect(json.err).toMatch(note);
  expect(json.out).not.toContain('paused');
  expect((await onboard(['resume'])).code).toBe(0);
  expect((await onboard(['list', '--problem', 'maintenance'])).err).not.toMatch(note);
});

test('a reason is needed', async () => {
  const { code, err } = await onboard(['pause']);
  expect(code).toBe(2);
  expect(err).toContain("required option '--reason <text>' not specified");
});
