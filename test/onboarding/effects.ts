/** The visible effect of an accepted message: at AR24, or in the view. */
import { expect } from '@jest/globals';
import type { Status } from '../../workflows/contract/index.ts';
import { accountsCreated, lettersSent, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import type { SenderUnderTest } from '../support/sender.ts';
import type { TestEnv } from '../support/test-env.ts';
import { OVERRIDE, RIGHT_EMAIL, send } from './sending.ts';
import type { Message, State } from './states.ts';

interface MessageTest {
  readonly state: State;
  readonly testEnv: TestEnv;
  readonly sender: SenderUnderTest;
}

/** The status after an operator's answer, by the state in which they give it. */
const AFTER_OVERRIDE: Readonly<Record<string, Status>> = {
  'awaiting-identity': 'ready',
  'awaiting-operator: whose account?': 'ready',
  'awaiting-operator: another SIRET': 'ready',
  'awaiting-operator: creation refused': 'awaiting-registration',
  'awaiting-operator: identity order lost': 'awaiting-identity',
  'awaiting-operator: account gone': 'awaiting-registration',
  'awaiting-operator: terms that AR24 does not show': 'ready',
};

/** Sends the message, and waits for its effect; a fault of AR24 has just ended. */
export function sendToEffect(message: Message, messageTest: MessageTest): Promise<void> {
  messageTest.testEnv.simulator.setFaults({ unknownSlug: null });
  switch (message) {
    case 'remind':
      return mailsOnceMore(messageTest);
    case 'register':
      return createsFromTheForm(messageTest);
    case 'correctAddress':
      return requestsAtTheRightAddress(messageTest);
    default:
      return settles(message, messageTest);
  }
}

async function mailsOnceMore({ testEnv: { simulator }, sender }: MessageTest): Promise<void> {
  // AR24 has mailed a moment ago, and mails again only after a while.
  await sender.minutes(11);
  const mails = mailsSent(simulator);
  const { requests: before } = await sender.view();
  await send(sender, 'remind');
  const { requests } = await sender.shows('the mail', () => mailsSent(simulator) > mails);
  expect(mailsSent(simulator)).toBe(mails + 1);
  expect(requests.map(({ kind }) => kind)).toEqual(before.map(({ kind }) => kind));
}

async function createsFromTheForm({
  state,
  testEnv: { simulator },
  sender,
}: MessageTest): Promise<void> {
  const created = accountsCreated(simulator);
  const view = await send(sender, 'register');
  expect(view.fieldErrors).toEqual([]);
  // The cause that prevented the creation is removed.
  if (view.question) await send(sender, 'override operator');
  if (state.inCall) await send(sender, 'correctAddress');
  if (view.problem) await sender.check();
  await sender.reaches('awaiting-email');
  expect(accountsCreated(simulator)).toBe(created + 1);
}

async function requestsAtTheRightAddress({
  testEnv: { simulator },
  sender,
}: MessageTest): Promise<void> {
  simulator.createAccount({ email: RIGHT_EMAIL, confirmed: '1', cgu: '1', firstname: 'Z' });
  await send(sender, 'correctAddress');
  await sender.reaches('awaiting-attachment');
  const holder = new Person(simulator, RIGHT_EMAIL);
  await sender.shows('asked', () => holder.mails('access-request').length > 0);
  await holder.acceptsAccess();
  await sender.check();
  // After the pause between two reads.
  await sender.minutes(1);
  await sender.shows('access', ({ accountId }) => accountId !== null);
}

async function settles(message: Message, { state, testEnv, sender }: MessageTest): Promise<void> {
  const letters = lettersSent(testEnv.simulator);
  const { question } = await sender.view();
  await send(sender, message);
  const view = await sender.shows('where it leads', ({ status }) => {
    return status === AFTER_OVERRIDE[state.name];
  });
  // A yes to what AR24 does not show is recorded with its name.
  const requirement = question === 'not-visible' ? 'terms' : message.slice('override '.length);
  expect(view.overrides).toEqual([{ requirement, ...OVERRIDE, at: expect.any(String) }]);
  expect(view.question === null || view.question !== question).toBe(true);
  expect(view.waitingFor).not.toContain(requirement);
  // A paid order stays placed, whatever the operator answers.
  expect(lettersSent(testEnv.simulator)).toBe(letters);
}
