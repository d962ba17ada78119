import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient, OnboardingNotFoundError, type SenderView } from '../../client/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { interceptingClient } from './intercepting-client.ts';
import { aReference, all, anAddress, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await testEnv.startWorker({ policy: { poll: { firstSeconds: 1, maxSeconds: 1 } } });
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY, actor: 'tester' });
});

afterAll(async () => {
  await stopWorker();
});

async function historyLength(reference: string): Promise<number> {
  return (await testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).describe())
    .historyLength;
}

test('following returns each change until the end', async () => {
  const reference = aReference();
  const email = anAddress();
  await client.start({ reference, email, emailVerified: true });
  await reaches(client, reference, 'awaiting-registration');
  const statuses: string[] = [];
  for await (const view of client.follow(reference)) {
    statuses.push(view.status);
    if (view.status !== 'awaiting-registration') continue;
    testEnv.simulator.createAccount({ email, attached: true, confirmed: '1', cgu: '1' });
    await client.check(reference);
  }
  expect(statuses.at(0)).toBe('awaiting-registration');
  expect(statuses.at(-1)).toBe('ready');
});

test('following adds nothing to the history', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  await eventually(
    'it waits',
    () => client.view(reference),
    ({ calls }) => calls.some(({ nextTry }) => nextTry !== null),
  );
  const before = await historyLength(reference);
  const seen: SenderView[] = [];
  const stop = new AbortController();
  for await (const view of client.follow(reference, { signal: stop.signal })) {
    seen.push(view);
    setImmediate(() => {
      stop.abort();
    });
  }
  expect(seen).toHaveLength(1);
  expect(await historyLength(reference)).toBe(before);
});

test('while nothing changes, following and reading again cost no query, although polls go on', async () => {
  const reference = aReference();
  let queries = 0;
  const counting = interceptingClient(testEnv, { onQuery: () => queries++ });
  await client.start({ reference, email: anAddress() });
  await reaches(client, reference, 'awaiting-registration');
  const stop = new AbortController();
  const polls = new Set<number>();
  for await (const { calls } of counting.follow(reference, { signal: stop.signal })) {
    for (const { attempt } of calls) polls.add(attempt);
    if (polls.size >= 3) stop.abort();
  }
  const again = await counting.view(reference, { queries: 'after-changes' });
  expect(again).toMatchObject({ status: 'awaiting-registration', partial: false });
  expect(queries).toBe(1);
  const deadline = new Date(Date.parse(again.deadline ?? '') + 86_400_000);
  await client.extend(reference, { until: deadline });
  const extended = await counting.view(reference, { queries: 'after-changes' });
  expect({ queries, deadline: extended.deadline }).toEqual({
    queries: 2,
    deadline: deadline.toISOString(),
  });
});

test('following a reference that was never started fails', async () => {
  await expect(all(client.follow(aReference()))).rejects.toThrow(OnboardingNotFoundError);
});

test('the timeline shows each action, by whom and with which result, and no address or form', async () => {
  const reference = aReference();
  const email = anAddress();
  const corrected = anAddress();
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-registration');
  await client.correctAddress(reference, { email: corrected });
  testEnv.simulator.createAccount({ email: corrected });
  await client.check(reference);
  await reaches(client, reference, 'awaiting-attachment');
  await client.accept(reference, { what: 'attachment', by: 'zoe' });
  await client.cancel(reference, { reason: 'a mistake', by: 'ana' });
  await client.result(reference);

  const timeline = await client.timeline(reference);
  expect(timeline.map(({ what }) => what)).toEqual(
    expect.arrayContaining([
      { kind: 'started' },
      { kind: 'call', call: 'requestAccess', result: 'refused' },
      { kind: 'status', status: 'awaiting-registration', waitingFor: ['registration'] },
      { kind: 'message', name: 'correctAddress', by: 'tester', about: null },
      { kind: 'call', call: 'requestAccess', result: 'sent' },
      { kind: 'message', name: 'accepted', by: 'zoe', about: 'attachment' },
      { kind: 'message', name: 'cancel', by: 'ana', about: null },
      { kind: 'status', status: 'cancelled', waitingFor: [] },
    ]),
  );
  const text = JSON.stringify(timeline);
  for (const address of [email, corrected]) expect(text).not.toContain(address);
});

test('a signal with a malformed argument is in the timeline all the same', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  const handle = testEnv.temporal.workflow.getHandle(workflowIdOf(reference));
  for (const odd of [null, 7, [], { by: 3, what: {} }]) await handle.signal('accepted', odd);
  const messages = async () =>
    (await client.timeline(reference))
      .map(({ what }) => what)
      .filter(({ kind }) => kind === 'message');
  const actions = await eventually('all four', messages, ({ length }) => length === 4);
  expect(actions).toEqual(
    Array(4).fill({ kind: 'message', name: 'accepted', by: null, about: null }),
  );
});
