/** Every message in every state: accepted, or refused with a reason and no change. */
import { expect, test } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { cancelUpdate, extendUpdate } from '../../workflows/contract/index.ts';
import { recordHistory } from '../support/histories.ts';
import type { SenderUnderTest } from '../support/sender.ts';
import { openTestEnv, type TestEnv } from '../support/test-env.ts';
import { sendToEffect } from './effects.ts';
import { send } from './sending.ts';
import { STATES, type Message, type State } from './states.ts';

const MESSAGES: readonly Message[] = [
  'remind',
  'register',
  'correctAddress',
  'override email',
  'override terms',
  'override profile',
  'override payment',
  'override identity',
  'override operator',
];
const DAY = 86_400_000;

test.each(STATES)('$name: cancel, extend, check, and the refused messages', async (state) => {
  const { testEnv, sender } = await state.open();
  const before = await sender.view();
  const answers: Partial<Record<Message, unknown>> = {};
  for (const message of refusedIn(state)) answers[message] = await answerTo(sender, message);
  expect(answers).toEqual(
    Object.fromEntries(
      Object.entries(state.refuses).map(([message, why]) => [message, expect.stringMatching(why)]),
    ),
  );
  expect((await sender.view()).version).toBe(before.version);

  const until = new Date(Date.parse(before.startedAt) + 90 * DAY).toISOString();
  const extended = await sender.handle.executeUpdate(extendUpdate, { args: [{ until }] });
  expect(extended.deadline).toBe(extended.problem ? null : until);

  await (state.inCall ? sender.check() : readsAgain(testEnv, sender));

  const cancel = { by: 'ops', reason: 'a mistake' };
  await sender.handle.executeUpdate(cancelUpdate, { args: [cancel] });
  // Also during a call that takes longer than this test.
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', ...cancel });
  await recordHistory(`cancelled-${fileName(state)}`, sender.handle);
});

const TAKEN = STATES.flatMap((state) =>
  MESSAGES.filter((message) => !(message in state.refuses)).map((message) => ({ state, message })),
);

test.each(TAKEN)('$state.name: $message is accepted, and has its effect', async (taken) => {
  const { state, message } = taken;
  const { testEnv, sender } = await state.open();
  const { version } = await sender.view();
  await sendToEffect(message, { state, testEnv, sender });
  expect((await sender.view()).version).toBeGreaterThan(version);
  await recordHistory(`${fileName({ name: message })}-${fileName(state)}`, sender.handle);
});

test.each(
  STATES.filter(({ name }) =>
    /slow call|^awaiting-attachment|whose account|^awaiting-email/.test(name),
  ),
)('$name: cancelled in the Temporal UI, it ends with an outcome', async (state) => {
  const { sender } = await state.open();
  await sender.handle.cancel();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', by: 'temporal' });
  await recordHistory(`cancelled-in-temporal-${fileName(state)}`, sender.handle);
});

test('cancelled in the Temporal UI before the first task: it ends with an outcome, and makes no call', async () => {
  const { simulator, start, stopWorker, replaceWorker } = await openTestEnv({ replaceable: true });
  await stopWorker();
  const sender = await start();
  await sender.handle.cancel();
  await replaceWorker();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', by: 'temporal' });
  expect(simulator.ledger().calls).toEqual({});
  await recordHistory('cancelled-in-temporal-before-it-began', sender.handle);
});

function refusedIn({ refuses }: State): readonly Message[] {
  return MESSAGES.filter((message) => message in refuses);
}

function fileName({ name }: Pick<State, 'name'>): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');
}

/** `taken`, or the reason of the refusal. */
async function answerTo(sender: SenderUnderTest, message: Message): Promise<unknown> {
  try {
    await send(sender, message);
    return 'taken';
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    return error.cause?.message;
  }
}

/** After a hint AR24 is called again. */
async function readsAgain({ simulator }: TestEnv, sender: SenderUnderTest): Promise<void> {
  const calls = () => Object.values(simulator.ledger().calls).reduce((sum, n) => sum + n, 0);
  // After the pause between two reads.
  await sender.minutes(1);
  const before = calls();
  await sender.check();
  await sender.shows('looked at', () => calls() > before);
}
