/** A long wait continues in a new run, and nothing is lost, whatever races it. */
import { expect, test } from '@jest/globals';
import type { WholeView } from '../../client/index.ts';
import { ATTRIBUTES, workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { Person } from '../support/person.ts';
import { useShortHistories } from './short-histories.ts';

const HINTS = 60;
const EXTENSIONS = 10;
const testEnv = useShortHistories();

const describe = (reference: string) =>
  testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).describe();
const runs = (reference: string) => describe(reference).then(({ runId }) => runId);
async function viewOf(reference: string): Promise<WholeView> {
  const view = await testEnv.client.view(reference);
  if (view.partial) throw new Error('no worker answered');
  return view;
}
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** A sender whose account's holder has been asked for access. */
async function awaiting(reference: string): Promise<Person> {
  const email = `${reference}@example.org`;
  testEnv.simulator.createAccount({ email });
  await testEnv.client.start({ reference, email });
  await eventually(
    'awaiting the holder',
    () => testEnv.client.view(reference),
    ({ status }) => status === 'awaiting-attachment',
  );
  return new Person(testEnv.simulator, email);
}

/** What Temporal's UI shows. */
async function detailsOf(reference: string): Promise<unknown> {
  const handle = testEnv.temporal.workflow.getHandle(workflowIdOf(reference));
  const metadata = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails;
}

async function intoANewRun(reference: string): Promise<void> {
  const before = await runs(reference);
  for (let hint = 0; hint < HINTS; hint++) await testEnv.client.check(reference);
  await eventually(
    'in a new run',
    () => runs(reference),
    (runId) => runId !== before,
  );
}

test('signals and updates that race a continuation are all accepted', async () => {
  const { client, simulator, temporal } = testEnv;
  const references = ['race-1', 'race-2', 'race-3', 'race-4'];
  const firstRuns = new Map<string, string>();
  for (const reference of references) {
    await awaiting(reference);
    firstRuns.set(reference, await runs(reference));
  }
  await Promise.all(
    references.map(async (reference) => {
      const until = Array.from({ length: EXTENSIONS }, (_, n) => inDays(40 + n));
      const hints = Array.from({ length: HINTS }, () => client.check(reference));
      const claims = [
        client.accept(reference, { what: 'terms', by: 'one' }),
        client.accept(reference, { what: 'email', by: 'another' }),
      ];
      const extended = await Promise.all(
        until.map((date) => client.extend(reference, { until: date })),
      );
      // Each was answered with the state right after it.
      expect(extended.map(({ deadline }) => deadline)).toEqual(until);
      await Promise.all([...hints, ...claims]);
      await eventually(
        'in a new run',
        () => runs(reference),
        (id) => id !== firstRuns.get(reference),
      );
      const view = await viewOf(reference);
      expect(view).toMatchObject({ status: 'awaiting-attachment' });
      expect(view.claims).toMatchObject([
        { what: 'email', by: 'another' },
        { what: 'terms', by: 'one' },
      ]);
      expect(until).toContain(view.deadline);
    }),
  );
  for (const reference of references) {
    const person = new Person(simulator, `${reference}@example.org`);
    expect(person.mails()).toHaveLength(1);
    await person.acceptsAccess();
    expect(await client.result(reference)).toMatchObject({ kind: 'ready', how: 'attached' });
  }
  const handle = (runId?: string) => temporal.workflow.getHandle(workflowIdOf('race-1'), runId);
  await recordHistory('continued-first-run', handle(firstRuns.get('race-1')));
  await recordHistory('continued-last-run', handle());
});

test('what the UI and the lists show is kept: memo, details, search attributes, start, deadline', async () => {
  const person = await awaiting('kept');
  const before = await describe('kept');
  const view = await viewOf('kept');
  await intoANewRun('kept');
  const after = await describe('kept');
  expect(after.memo).toEqual(before.memo);
  expect(before.memo).toHaveProperty('requestFingerprint');
  expect(await detailsOf('kept')).toMatch(/^\*\*kept: awaiting-attachment\*\* since /);
  for (const key of Object.values(ATTRIBUTES)) {
    expect([key.name, after.typedSearchAttributes.get(key)]).toEqual([
      key.name,
      before.typedSearchAttributes.get(key),
    ]);
  }
  expect(after.priority).toEqual(before.priority);
  expect(await viewOf('kept')).toMatchObject({
    startedAt: view.startedAt,
    since: view.since,
    deadline: view.deadline,
    nextReminder: view.nextReminder,
  });
  // A repeated start is still recognised.
  const again = { reference: 'kept', email: person.email };
  expect(await testEnv.client.start(again)).toMatchObject({ kind: 'open' });
  await person.acceptsAccess();
  expect(await testEnv.client.result('kept')).toMatchObject({ kind: 'ready' });
});

test('an update repeated after a continuation is answered again, and not carried out again', async () => {
  const { client } = testEnv;
  const person = await awaiting('repeated');
  const [first, second] = [inDays(40), inDays(50)];
  await client.extend('repeated', { until: first }, { updateId: 'first' });
  await intoANewRun('repeated');
  await client.extend('repeated', { until: second }, { updateId: 'second' });
  const answer = await client.extend('repeated', { until: first }, { updateId: 'first' });
  expect(answer.deadline).toBe(second);
  await person.acceptsAccess();
  expect(await client.result('repeated')).toMatchObject({ kind: 'ready' });
});
