/** Runs that somebody started by hand do not disturb the onboardings of the client. */
import { beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import {
  ATTRIBUTES,
  erasureIdOf,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { TypedSearchAttributes } from '@temporalio/common';
import { eventually } from '../support/eventually.ts';
import { Person } from '../support/person.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { anAddress, aReference, ATTACHED, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;

const ODD_IDS = [
  'by hand',
  'sender-onboarding/',
  'sender-onboarding/é\u202e',
  "sender-onboarding/o'x",
];
/** More than one hint may reach. */
const MANY = 25;

interface ByHand {
  readonly workflowId: string;
  readonly accountId?: string;
  readonly hash?: string | undefined;
}

const startByHand = ({ workflowId, accountId, hash }: ByHand) =>
  testEnv.temporal.workflow.start(WORKFLOW_TYPE, {
    workflowId,
    taskQueue: 'where nobody works',
    typedSearchAttributes: new TypedSearchAttributes([
      ...(accountId === undefined ? [] : [{ key: ATTRIBUTES.accountId, value: accountId }]),
      ...(hash === undefined ? [] : [{ key: ATTRIBUTES.emailHashes, value: [hash] }]),
    ]),
  });

async function referencesIn(list: AsyncIterable<{ reference: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { reference } of list) found.push(reference);
  return found;
}

beforeAll(async () => {
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  await testEnv.startWorker();
});

test('lists, hints, counts of starts and the outcomes of other senders skip runs started by hand', async () => {
  const [reference, email] = [aReference(), anAddress()];
  const account = testEnv.simulator.createAccount({ ...ATTACHED, email, cgu: '0' });
  await client.start({ reference, email, emailVerified: true });
  const { accountId } = await reaches(client, reference, 'awaiting-terms');
  expect(accountId).toBe(account.id);
  const { typedSearchAttributes } = await testEnv.temporal.workflow
    .getHandle(workflowIdOf(reference))
    .describe();
  const [hash] = typedSearchAttributes.get(ATTRIBUTES.emailHashes) ?? [];

  const theirs = Array.from({ length: MANY }, (_, at) => workflowIdOf(`by-hand-${at}`));
  for (const workflowId of [...ODD_IDS, ...Array.from({ length: MANY }, (_, at) => `odd ${at}`)]) {
    await startByHand({ workflowId, accountId: accountId ?? '', hash });
  }
  for (const workflowId of theirs) await startByHand({ workflowId, accountId: accountId ?? '' });
  await eventually(
    'shown by the search',
    () => testEnv.temporal.workflow.count("TaskQueue = 'where nobody works'"),
    ({ count }) => count >= ODD_IDS.length + 2 * MANY,
  );

  for (const filter of [{}, { accountId: accountId ?? '' }, { email }, { stuckOnly: true }]) {
    const found = await referencesIn(client.list(filter));
    expect(found.filter((one) => one !== reference)).toEqual([]);
  }
  const page = await client.page({ accountId: accountId ?? '' }, { limit: 10 });
  expect(page.onboardings.map((one) => one.reference)).toEqual([reference]);
  await expect(client.openOf([{ accountId: accountId ?? '' }])).resolves.toEqual([[reference]]);

  testEnv.simulator.updateAccount(email, { cgu: '1' });
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', accountId });
});

test("a run by hand with an account id of its own does not keep the account's holder from being ready", async () => {
  const [reference, email] = [aReference(), anAddress()];
  const account = testEnv.simulator.createAccount({
    email,
    confirmed: '1',
    cgu: '1',
    firstname: 'Zoé',
    lastname: 'B',
  });
  const accountId = account.id;
  await startByHand({ workflowId: workflowIdOf(aReference()), accountId });
  await eventually(
    'shown by the search',
    () => testEnv.temporal.workflow.count(`${ATTRIBUTES.accountId.name} = '${accountId}'`),
    ({ count }) => count === 1,
  );
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  await new Person(testEnv.simulator, email).acceptsAccess();
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', accountId });
});

test('a run by hand under the id of an erasure does not prevent the erasure', async () => {
  const [reference, email] = [aReference(), anAddress()];
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-registration');
  await testEnv.temporal.workflow.start(WORKFLOW_TYPE, {
    workflowId: erasureIdOf(reference),
    taskQueue: 'where nobody works',
  });
  await client.erase(reference, { by: 'a test' });
  const erased = await eventually(
    'erased',
    () => client.erasure(reference),
    (erasure) => erasure?.kind === 'erased',
  );
  expect(erased).toMatchObject({ kind: 'erased', receipt: { reference, by: 'a test' } });
});
