import { beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { jsonIn, jsonLinesIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem();
const { testEnv, onboard } = system;
const references = [aReference(), aReference(), aReference()] as const;

beforeAll(async () => {
  await testEnv.startWorker();
  for (const reference of references) {
    await system.client.start({ reference, email: anAddress() });
    await reaches(system.client, reference, 'awaiting-registration');
  }
  await eventually(
    'all are found',
    async () => {
      const found: string[] = [];
      for await (const { reference } of system.client.list({ waitingFor: 'registration' })) {
        found.push(reference);
      }
      return found;
    },
    (found) => found.length === 3,
  );
});

interface Plan {
  readonly count: number;
  readonly references: readonly string[];
}

const MATCHING = ['cancel-many', '--waiting-for', 'registration', '--reason', 'campaign ended'];

async function open(): Promise<number> {
  const views = await Promise.all(references.map((one) => system.client.view(one)));
  return views.filter(({ outcome }) => outcome === null).length;
}

test('without --yes nothing is cancelled, and the number to confirm is shown', async () => {
  const { code, out } = await onboard(MATCHING);
  expect(code).toBe(0);
  for (const reference of references) expect(out).toContain(`${reference}\n`);
  expect(out).toContain('3 would be cancelled, and nothing was done yet');
  expect(out).toContain('--yes 3');
  expect(await open()).toBe(3);
});

test('another number, no filter, and a file with anything but references are refused', async () => {
  const folder = await temporaryFolder();
  const file = await system.file('left.txt', `${references[0]}\njeanne@example.org\n`);
  const refused = await Promise.all([
    onboard([...MATCHING, '--yes', '2']),
    onboard(['cancel-many', '--reason', 'x', '--yes', '3']),
    onboard([...MATCHING, '--file', file, '--yes', '3']),
    onboard(['cancel-many', '--file', file, '--reason', 'x', '--yes', '2']),
    onboard([...MATCHING, '--yes', '3', '--report', join(folder, 'no', 'folder.csv')]),
  ]);
  expect(refused.map(({ code }) => code)).toEqual([4, 2, 2, 2, 2]);
  const texts = refused.map(({ err }) => err);
  expect(texts[0]).toContain('there are 3, and --yes says 2: nothing was cancelled');
  expect(texts[3]).toContain('line 2: no reference');
  expect(texts.join('')).not.toContain('jeanne');
  expect(await open()).toBe(3);
});

test('a file is cancelled once its number is confirmed, and again without harm', async () => {
  const folder = await temporaryFolder();
  const unknown = aReference();
  const file = await system.file('left.txt', `${references[0]}\n\n${references[0]}\n${unknown}\n`);
  const report = join(folder, 'cancelled.csv');
  const command = ['cancel-many', '--file', file, '--reason', 'left', '--by', 'ana', '--yes', '2'];
  const first = await onboard([...command, '--report', report]);
  expect(first.out).toBe('1 cancelled\n1 are not known\n');
  expect(await readFile(report, 'utf8')).toContain(`${references[0]},cancelled,\n`);
  expect((await system.client.view(references[0])).outcome).toMatchObject({ kind: 'cancelled' });
  const again = await onboard([...command, '--json']);
  expect(again.code).toBe(0);
  expect(jsonLinesIn(again.out)).toContainEqual(
    expect.objectContaining({
      reference: references[0],
      result: expect.not.stringMatching(/^cancelled$/),
    }),
  );
});

test('after Ctrl-C the report has a line for each, also for those that were not done', async () => {
  const folder = await temporaryFolder();
  const many = Array.from({ length: 1_000 }, () => aReference());
  const file = await system.file('many.txt', many.join('\n'));
  const report = join(folder, 'stopped.csv');
  const command = ['cancel-many', '--file', file, '--reason', 'left', '--yes', '1000', '--json'];
  const running = system.begin([...command, '--report', report]);
  await eventually(
    'some are done',
    () => Promise.resolve(running.out()),
    (out) => out.split('\n').length > 5,
  );
  running.child.kill('SIGINT');
  const { code } = await running.end;
  expect(code).toBe(130);
  const [head, ...lines] = (await readFile(report, 'utf8')).trimEnd().split('\n');
  expect(head).toBe('reference,result,detail');
  expect(lines.map((line) => line.split(',')[0]).toSorted()).toEqual(many.toSorted());
  expect(lines.filter((line) => line.includes(',not-done,')).length).toBeGreaterThan(500);
});

test('all that match are cancelled, but not one that has gone on before its turn; the number follows what is left', async () => {
  const more = [aReference(), aReference(), aReference()];
  for (const reference of more) {
    await system.client.start({ reference, email: anAddress() });
    await reaches(system.client, reference, 'awaiting-registration');
  }
  const plan = await eventually(
    'the cancelled one is not found any more, and the new ones are',
    async () => jsonIn((await onboard([...MATCHING, '--json'])).out) as Plan,
    ({ count }) => count === 5,
  );
  const last = plan.references[4] ?? '';
  const running = system.begin([...MATCHING, '--yes', '5', '--per-second', '1', '--json']);
  await eventually(
    'the first is cancelled',
    () => Promise.resolve(running.out()),
    (out) => out.includes('"cancelled"'),
  );
  // The command stands still while the person goes on.
  running.child.kill('SIGSTOP');
  await system.client.register(last, registrationForm());
  await eventually(
    'the last one waits for something else',
    () => system.client.stillMatches(last, { waitingFor: 'registration' }),
    (matches) => !matches,
  );
  running.child.kill('SIGCONT');
  const { code, out } = await running.end;
  expect(code).toBe(0);
  expect(jsonLinesIn(out)).toContainEqual({ reference: last, result: 'changed', detail: '' });
  expect(jsonLinesIn(out).at(-1)).toMatchObject({
    summary: { count: 5, results: { cancelled: 4, changed: 1 } },
  });
  expect(await open()).toBe(references.includes(last) ? 1 : 0);
  expect((await system.client.view(last)).outcome).toBeNull();
});
