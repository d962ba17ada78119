/** The partner is notified of each change, by the real activities, over real HTTP. */
import { afterEach, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import {
  NOTIFICATION_TEST_TYPE,
  notificationsIdOf,
  notifySignal,
  redeliverSignal,
  registerUpdate,
  TASK_QUEUE,
  type Notification,
  type NotificationsOutcome,
  type NotificationTest,
} from '../../workflows/contract/index.ts';
import { notificationSchema, testEventSchema } from '../../gateway/openapi/notifications.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { openTestEnv, type TestEnvOptions, type TestEnv } from '../support/test-env.ts';
import { OTHER_SECRET, PartnerServer, type Received } from './partner.ts';

const { email, reference } = onboardingRequest();
const ID = notificationsIdOf(reference);
const DAY = 86_400_000;

let partner: PartnerServer;

afterEach(() => partner.close());

async function testEnvOf(options: TestEnvOptions = {}, secret?: string): Promise<TestEnv> {
  partner = await PartnerServer.listen(secret);
  return openTestEnv({ policy: { notify: true }, notify: partner.settings, ...options });
}

const notifications = ({ temporal }: TestEnv, id = ID) => temporal.client.workflow.getHandle(id);

/** The result of the workflow that notifies, with time skipped until it has ended. */
const result = async (testEnv: TestEnv, id = ID) =>
  (await notifications(testEnv, id).result()) as NotificationsOutcome;

const notified = (what: string, holds: (received: readonly Received[]) => boolean) =>
  eventually(what, () => Promise.resolve(partner.notified), holds);
const statuses = () => partner.notified.map(({ view }) => view.status);

/** When each event happened in a workflow, in days since the epoch. */
async function timesInHistory(handle: WorkflowHandle): Promise<readonly number[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).map(({ eventTime }) => (Number(eventTime?.seconds) * 1000) / DAY);
}

function expectRisingSequences(): void {
  const sequences = partner.tries.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
}

test('each change is notified in order, also the end, and a new start continues the sequence', async () => {
  const testEnv = await testEnvOf({}, OTHER_SECRET);
  const sender = await testEnv.start();
  await notified('asked for the form', () => statuses().at(-1) === 'awaiting-registration');
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  await notified('awaiting both', () => statuses().at(-1) === 'awaiting-email');
  const person = new Person(testEnv.simulator, email);
  await person.confirmsEmail();
  await sender.accepted('email');
  await notified('awaiting the terms', () => statuses().at(-1) === 'awaiting-terms');
  await person.acceptsTerms();
  await sender.minutes(1);
  await sender.accepted('terms');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  expect(await result(testEnv)).toMatchObject({ kind: 'delivered', givenUp: 0 });

  // A status that lasts only a moment may be replaced before it is sent.
  const lasting = statuses().filter((status) => !/^(requesting|creating)-/.test(status));
  expect(lasting).toEqual(['awaiting-registration', 'awaiting-email', 'awaiting-terms', 'ready']);
  expect(new Set(statuses()).size).toBe(statuses().length);
  const last = partner.notified.at(-1);
  expect(last).toMatchObject({ type: 'onboarding.updated', id: expect.stringMatching(/^msg_/) });
  expect(last?.view.outcome).toMatchObject({ kind: 'ready', how: 'created' });
  expect(last?.view.reference).toBe(reference);
  expect(Number.isNaN(Date.parse(last?.timestamp ?? ''))).toBe(false);
  for (const { body } of partner.tries) {
    expect(body).not.toMatch(/example\.org|masked|Zoé|Brûlé|73282932000074|Bourg/);
    // The payload has all that the document names, and nothing else.
    const event: unknown = JSON.parse(body);
    expect(notificationSchema.parse(event)).toEqual(event);
  }
  await recordHistory('told-created', sender.handle);
  await recordHistory('notifications-delivered', notifications(testEnv));

  const before = partner.notified.length;
  const again = await testEnv.start();
  expect(await again.outcome()).toMatchObject({ kind: 'ready' });
  await notified(
    'another notification',
    (all) => all.length > before && statuses().at(-1) === 'ready',
  );
  expectRisingSequences();
});

test('a receiver that is down delays nothing, and later gets only the newest, also after the end', async () => {
  const testEnv = await testEnvOf();
  partner.status = 503;
  const sender = await testEnv.start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  const person = new Person(testEnv.simulator, email);
  await person.confirmsEmail();
  await person.acceptsTerms();
  await sender.check();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await sender.minutes(1);
  await notified('the end tried', () => statuses().at(-1) === 'ready');
  const refused = partner.tries.length;
  partner.status = 200;
  expect(await result(testEnv)).toEqual({ kind: 'delivered', delivered: 1, givenUp: 0 });
  expect(partner.tries).toHaveLength(refused + 1);
  const [first, ...more] = partner.tries.filter(({ view }) => view.status === 'ready');
  // Each try is the same message.
  for (const { id, body } of more)
    expect({ id, body }).toEqual({ id: first?.id, body: first?.body });
  expect(more).not.toEqual([]);
  expectRisingSequences();
  await recordHistory('told-nobody', sender.handle);
  await recordHistory('notifications-overtaken', notifications(testEnv));
});

test('a notification is given up after three days, redirects are not followed, and 410 is final', async () => {
  const testEnv = await testEnvOf();
  partner.status = 307;
  const sender = await testEnv.start();
  await sender.reaches('awaiting-registration');
  await sender.handle.cancel();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled' });
  expect(await result(testEnv)).toEqual({ kind: 'failed-to-deliver', delivered: 0, givenUp: 1 });
  const [firstTry, ...givenUpAt] = await timesInHistory(notifications(testEnv));
  expect((givenUpAt.at(-1) ?? 0) - (firstTry ?? 0)).toBeCloseTo(3, 1);
  expect(new Set(partner.paths)).toEqual(new Set(['/hooks?key=hidden-key']));
  // In quick succession first, then every hour.
  expect(partner.tries.length).toBeGreaterThan(70);
  expect(partner.tries.length).toBeLessThan(90);
  await recordHistory('told-cancelled', sender.handle);
  await recordHistory('notifications-given-up', notifications(testEnv));

  const another = notificationsIdOf('customer-43');
  partner.status = 204;
  const gone = await testEnv.start({ reference: 'customer-43' });
  await notified('awaiting the form', () => statuses().at(-1) === 'awaiting-registration');
  partner.status = 410;
  await gone.handle.cancel();
  await gone.outcome();
  expect(await result(testEnv, another)).toMatchObject({ kind: 'gone' });
  expect(statuses().at(-1)).toBe('cancelled');
  await recordHistory('notifications-gone', notifications(testEnv, another));

  const before = partner.tries.length;
  await testEnv.start({ reference: 'customer-43' });
  await notified('asked once more', () => partner.tries.length > before);
  expect(await result(testEnv, another)).toMatchObject({ kind: 'gone', delivered: 0 });
  // One call for each change, however many days pass.
  expect(partner.tries.length - before).toBeLessThanOrEqual(3);
});

test('the partner is asked to remind of what AR24 has no mail for, until it is done', async () => {
  const testEnv = await testEnvOf();
  const sender = await testEnv.start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  await new Person(testEnv.simulator, email).acceptsTerms();
  await sender.accepted('terms');
  await notified('awaiting the e-mail', (all) => all.at(-1)?.view.waitingFor.join() === 'email');
  const since = Date.parse((await sender.view()).since);
  const reminders = () => partner.notified.filter(({ type }) => type === 'onboarding.reminder');
  for (const day of [4, 4]) {
    await sender.days(day);
    await notified('a reminder', () => reminders().length > 0);
  }
  await notified('two reminders', () => reminders().length === 2);
  for (const { timestamp, view } of reminders()) {
    expect(view).toMatchObject({ status: 'awaiting-email', waitingFor: ['email'] });
    expect(Date.parse(timestamp) - since).toBeGreaterThanOrEqual(2 * DAY);
  }
  await new Person(testEnv.simulator, email).confirmsEmail();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await notified('the end', () => statuses().at(-1) === 'ready');
  await result(testEnv);
  expect(reminders()).toHaveLength(2);
  expectRisingSequences();
  await recordHistory('told-reminders', sender.handle);
});

test('a worker without a receiver leaves it to one that has one; signals sent by hand are ignored', async () => {
  const testEnv = await testEnvOf({ replaceable: true });
  await testEnv.replaceWorker({ notify: undefined });
  const sender = await testEnv.start();
  await sender.reaches('awaiting-registration');
  await sender.handle.cancel();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled' });
  await notifications(testEnv).signal(notifySignal.name, null);
  await testEnv.replaceWorker({ notify: partner.settings });
  expect(await result(testEnv)).toMatchObject({ kind: 'delivered', givenUp: 0 });
  expect(statuses().at(-1)).toBe('cancelled');
});

test('a notification is delivered again with the same id and body, and one that waits is attempted at once', async () => {
  const testEnv = await testEnvOf();
  const sender = await testEnv.start();
  await notified('asked for the form', () => statuses().at(-1) === 'awaiting-registration');
  await sender.handle.cancel();
  await notified('cancelled', () => statuses().at(-1) === 'cancelled');
  const first = partner.tries.find(({ view }) => view.status === 'awaiting-registration');
  if (!first) throw new Error('no notification was sent');
  const again: Notification = {
    type: 'onboarding.updated',
    sequence: first.sequence,
    at: first.timestamp,
    view: first.view,
  };
  const tries = () => partner.tries.filter(({ id }) => id === first.id);
  partner.status = 503;
  await notifications(testEnv).signal(redeliverSignal, again);
  await notified('refused', () => tries().length > 1);
  partner.status = 204;
  await notifications(testEnv).signal(redeliverSignal, again);
  expect(await result(testEnv)).toMatchObject({ kind: 'delivered', givenUp: 0 });
  expect(new Set(tries().map(({ body }) => body))).toEqual(new Set([first.body]));
  expect(tries().length).toBeGreaterThanOrEqual(3);
  await recordHistory('notifications-redelivered', notifications(testEnv));
});

test('a test event is signed, and the answer or the reason is returned', async () => {
  const testEnv = await testEnvOf({ replaceable: true });
  const test = async () => {
    const handle = await testEnv.temporal.client.workflow.start<() => Promise<NotificationTest>>(
      NOTIFICATION_TEST_TYPE,
      { workflowId: `notification-test/${partner.events.length}`, taskQueue: TASK_QUEUE },
    );
    return { handle, tested: await handle.result() };
  };
  const { handle, tested } = await test();
  const url = new URL(partner.settings.url).origin;
  expect(tested).toEqual({ kind: 'answered', url, status: 204, milliseconds: expect.any(Number) });
  expect(testEventSchema.parse(partner.events.at(-1))).toEqual(partner.events.at(-1));
  await recordHistory('notification-test', handle);

  partner.status = 500;
  expect((await test()).tested).toMatchObject({ kind: 'answered', status: 500 });
  await testEnv.replaceWorker({
    notify: { ...partner.settings, privateTargets: 'refused', url: 'https://localhost/' },
  });
  const refused = (await test()).tested;
  expect(refused).toMatchObject({ kind: 'no-answer', url: 'https://localhost' });
  expect(refused).toHaveProperty(
    'reason',
    expect.stringMatching(/ONBOARDING_NOTIFY_ALLOW_PRIVATE/),
  );
  await testEnv.replaceWorker({ notify: undefined });
  expect((await test()).tested).toEqual({ kind: 'not-set-up' });
});
