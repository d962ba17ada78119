/** The partner is told of each change, by the real activities, over real HTTP. */
import { afterEach, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import {
  notificationsIdOf,
  notifySignal,
  registerUpdate,
  type NotificationsOutcome,
} from '../../workflows/contract/index.ts';
import { notificationSchema } from '../../gateway/openapi/notifications.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { openWorld, type Scene, type World } from '../support/world.ts';
import { OTHER_SECRET, PartnerServer, type Received } from './partner.ts';

const { email, reference } = onboardingRequest();
const ID = notificationsIdOf(reference);
const DAY = 86_400_000;

let partner: PartnerServer;

afterEach(() => partner.close());

async function worldOf(scene: Scene = {}, secret?: string): Promise<World> {
  partner = await PartnerServer.listen(secret);
  return openWorld({ policy: { notify: true }, notify: partner.settings, ...scene });
}

const notifications = ({ temporal }: World, id = ID) => temporal.client.workflow.getHandle(id);

/** How telling him ended, with time skipped until it has. */
const ending = async (world: World, id = ID) =>
  (await notifications(world, id).result()) as NotificationsOutcome;

const told = (what: string, holds: (told: readonly Received[]) => boolean) =>
  eventually(what, () => Promise.resolve(partner.told), holds);
const statuses = () => partner.told.map(({ view }) => view.status);

/** When each thing happened in a workflow, in days since the epoch. */
async function timesInLife(handle: WorkflowHandle): Promise<readonly number[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).map(({ eventTime }) => (Number(eventTime?.seconds) * 1000) / DAY);
}

function expectRisingSequences(): void {
  const sequences = partner.tries.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
}

test('each change in its order, the end too, and a new start goes on counting', async () => {
  const world = await worldOf({}, OTHER_SECRET);
  const sender = await world.start();
  await told('asked for the form', () => statuses().at(-1) === 'awaiting-registration');
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  await told('awaiting both', () => statuses().at(-1) === 'awaiting-email');
  const person = new Person(world.simulator, email);
  await person.confirmsEmail();
  await sender.accepted('email');
  await told('awaiting the terms', () => statuses().at(-1) === 'awaiting-terms');
  await person.acceptsTerms();
  await sender.minutes(1);
  await sender.accepted('terms');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  expect(await ending(world)).toMatchObject({ kind: 'delivered', givenUp: 0 });

  // What lasts but a moment may be overtaken before it is told.
  const lasting = statuses().filter((status) => !/^(requesting|creating)-/.test(status));
  expect(lasting).toEqual(['awaiting-registration', 'awaiting-email', 'awaiting-terms', 'ready']);
  expect(new Set(statuses()).size).toBe(statuses().length);
  const last = partner.told.at(-1);
  expect(last).toMatchObject({ type: 'onboarding.updated', id: expect.stringMatching(/^msg_/) });
  expect(last?.view.outcome).toMatchObject({ kind: 'ready', how: 'created' });
  expect(last?.view.reference).toBe(reference);
  expect(Number.isNaN(Date.parse(last?.timestamp ?? ''))).toBe(false);
  for (const { body } of partner.tries) {
    expect(body).not.toMatch(/example\.org|masked|Zoé|Brûlé|73282932000074|Bourg/);
    // What the document promises is there, and nothing that it does not name.
    const event: unknown = JSON.parse(body);
    expect(notificationSchema.parse(event)).toEqual(event);
  }
  await recordHistory('told-created', sender.handle);
  await recordHistory('notifications-delivered', notifications(world));

  const before = partner.told.length;
  const again = await world.start();
  expect(await again.outcome()).toMatchObject({ kind: 'ready' });
  await told('told again', (all) => all.length > before && statuses().at(-1) === 'ready');
  expectRisingSequences();
});

test('a receiver that is down holds nothing up, and later learns the newest only, after the end', async () => {
  const world = await worldOf();
  partner.status = 503;
  const sender = await world.start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  const person = new Person(world.simulator, email);
  await person.confirmsEmail();
  await person.acceptsTerms();
  await sender.check();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await sender.minutes(1);
  await told('the end tried', () => statuses().at(-1) === 'ready');
  const refused = partner.tries.length;
  partner.status = 200;
  expect(await ending(world)).toEqual({ kind: 'delivered', delivered: 1, givenUp: 0 });
  expect(partner.tries).toHaveLength(refused + 1);
  const [first, ...more] = partner.tries.filter(({ view }) => view.status === 'ready');
  // Each try is the same message.
  for (const { id, body } of more)
    expect({ id, body }).toEqual({ id: first?.id, body: first?.body });
  expect(more).not.toEqual([]);
  expectRisingSequences();
  await recordHistory('told-nobody', sender.handle);
  await recordHistory('notifications-overtaken', notifications(world));
});

test('given up after three days, redirections followed by nobody; one who is gone is left alone', async () => {
  const world = await worldOf();
  partner.status = 307;
  const sender = await world.start();
  await sender.reaches('awaiting-registration');
  await sender.handle.cancel();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled' });
  expect(await ending(world)).toEqual({ kind: 'failed-to-deliver', delivered: 0, givenUp: 1 });
  const [asked, ...givenUpAt] = await timesInLife(notifications(world));
  expect((givenUpAt.at(-1) ?? 0) - (asked ?? 0)).toBeCloseTo(3, 1);
  expect(new Set(partner.paths)).toEqual(new Set(['/hooks?key=hidden-key']));
  // Quick at first, then every hour.
  expect(partner.tries.length).toBeGreaterThan(70);
  expect(partner.tries.length).toBeLessThan(90);
  await recordHistory('told-cancelled', sender.handle);
  await recordHistory('notifications-given-up', notifications(world));

  partner.status = 410;
  const before = partner.tries.length;
  const another = notificationsIdOf('customer-43');
  const gone = await world.start({ reference: 'customer-43' });
  await gone.reaches('awaiting-registration');
  expect(await ending(world, another)).toMatchObject({ kind: 'gone', delivered: 0 });
  await recordHistory('notifications-gone', notifications(world, another));
  await gone.handle.cancel();
  await gone.outcome();
  await told('asked once more', () => statuses().at(-1) === 'cancelled');
  expect(await ending(world, another)).toMatchObject({ kind: 'gone' });
  // One call for each change that it was told of, however many days pass.
  expect(partner.tries.length - before).toBeLessThanOrEqual(3);
});

test('he is asked to remind of what AR24 has no mail for, until it is done', async () => {
  const world = await worldOf();
  const sender = await world.start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  await new Person(world.simulator, email).acceptsTerms();
  await sender.accepted('terms');
  await told('awaiting the e-mail', (all) => all.at(-1)?.view.waitingFor.join() === 'email');
  const since = Date.parse((await sender.view()).since);
  const reminders = () => partner.told.filter(({ type }) => type === 'onboarding.reminder');
  for (const day of [4, 4]) {
    await sender.days(day);
    await told('reminded', () => reminders().length > 0);
  }
  await told('reminded twice', () => reminders().length === 2);
  for (const { timestamp, view } of reminders()) {
    expect(view).toMatchObject({ status: 'awaiting-email', waitingFor: ['email'] });
    expect(Date.parse(timestamp) - since).toBeGreaterThanOrEqual(2 * DAY);
  }
  await new Person(world.simulator, email).confirmsEmail();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await told('told the end', () => statuses().at(-1) === 'ready');
  await ending(world);
  expect(reminders()).toHaveLength(2);
  expectRisingSequences();
  await recordHistory('told-reminders', sender.handle);
});

test('a worker that knows no receiver leaves it to one that does; what is sent by hand is ignored', async () => {
  const world = await worldOf({ replaceable: true });
  await world.replaceWorker({ notify: undefined });
  const sender = await world.start();
  await sender.reaches('awaiting-registration');
  await sender.handle.cancel();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled' });
  await notifications(world).signal(notifySignal.name, null);
  await world.replaceWorker({ notify: partner.settings });
  expect(await ending(world)).toMatchObject({ kind: 'delivered', givenUp: 0 });
  expect(statuses().at(-1)).toBe('cancelled');
});
