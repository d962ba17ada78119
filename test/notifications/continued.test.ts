/**
 * Long onboardings continue in new runs: the partner gets each notification once, and none is
 * missing.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TypedSearchAttributes } from '@temporalio/common';
import { keyAttribute } from '../../client/encryption.ts';
import {
  ATTRIBUTES,
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  notifySignal,
  TASK_QUEUE,
  workflowIdOf,
  type Notification,
} from '../../workflows/contract/index.ts';
import { KEYS, PAYLOADS } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { Person } from '../support/person.ts';
import { useShortHistories } from '../temporal/short-histories.ts';
import { PartnerServer } from './partner.ts';

const HINTS = 60;
const NEWS = 30;
const LIMIT_MS = 120_000;

let partner: PartnerServer;

beforeAll(async () => {
  partner = await PartnerServer.listen();
});
const testEnv = useShortHistories(() => partner.settings);
afterAll(() => partner.close());

const handle = (workflowId: string, runId?: string) =>
  testEnv.temporal.workflow.getHandle(workflowId, runId);
const runOf = async (workflowId: string) => (await handle(workflowId).describe()).runId;
/** The key that it began under: what began without one is not counted when a key is to be retired. */
const hasItsKey = async (workflowId: string) => {
  const { typedSearchAttributes } = await handle(workflowId).describe();
  const key = PAYLOADS === 'plaintext' ? undefined : KEYS[0].id;
  expect(typedSearchAttributes.get(ATTRIBUTES.keyId)).toBe(key);
};
const inANewRun = (workflowId: string, than: string) =>
  eventually(
    'in a new run',
    () => runOf(workflowId),
    (run) => run !== than,
  );
const notificationsOf = (reference: string) =>
  partner.notified.filter(({ view }) => view.reference === reference);
const notified = (reference: string, status: string) =>
  eventually(
    status,
    () => Promise.resolve(notificationsOf(reference).map(({ view }) => view.status)),
    (statuses) => statuses.at(-1) === status,
  );

test(
  'an onboarding in a new run continues to notify where it stopped',
  async () => {
    const { client, simulator } = testEnv;
    const [reference, email] = ['long', 'long@example.org'];
    const id = workflowIdOf(reference);
    simulator.createAccount({ email });
    await client.start({ reference, email });
    await notified(reference, 'awaiting-attachment');
    const first = await runOf(id);
    for (let hint = 0; hint < HINTS; hint++) await client.check(reference);
    await inANewRun(id, first);
    await client.view(reference);
    await new Person(simulator, email).acceptsAccess();
    expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
    const statuses = await notified(reference, 'ready');
    expect(statuses.filter((status) => status === 'awaiting-attachment')).toHaveLength(1);
    expect(new Set(statuses).size).toBe(statuses.length);
    const sequences = notificationsOf(reference).map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(new Set(notificationsOf(reference).map(({ view }) => view.startedAt)).size).toBe(1);
    // The run that notifies the partner is no onboarding.
    const listed = await eventually(
      'listed',
      async () => {
        const references: string[] = [];
        for await (const one of client.list()) references.push(one.reference);
        return references;
      },
      (references) => references.length > 0,
    );
    expect(listed).toEqual([reference]);
    const timeline = (await client.timeline(reference)).map(({ what }) => what);
    expect(timeline).toContainEqual({ kind: 'call', call: 'requestAccess', result: 'sent' });
    expect(JSON.stringify(timeline)).not.toContain('notifyPartner');
    await hasItsKey(id);
    await hasItsKey(notificationsIdOf(reference));
    await recordHistory('told-continued-first-run', handle(id, first));
    await recordHistory('told-continued-last-run', handle(id));
  },
  LIMIT_MS,
);

test(
  'notifications that race a continuation are delivered, and outdated ones are still dropped',
  async () => {
    const [model] = notificationsOf('long');
    if (!model) throw new Error('no notification was sent');
    const reference = 'many';
    const id = notificationsIdOf(reference);
    const notification = (sequence: number): Notification => ({
      type: 'onboarding.updated',
      sequence,
      at: model.timestamp,
      view: { ...model.view, reference },
    });
    const notify = (sequence: number) =>
      testEnv.temporal.workflow.signalWithStart(NOTIFICATIONS_WORKFLOW_TYPE, {
        workflowId: id,
        taskQueue: TASK_QUEUE,
        signal: notifySignal,
        signalArgs: [notification(sequence)],
        typedSearchAttributes: new TypedSearchAttributes(keyAttribute(testEnv.temporal)),
      });
    const taken = (wanted: number) =>
      eventually(
        'delivered',
        () => Promise.resolve(notificationsOf(reference).at(-1)?.sequence),
        (last) => last === wanted,
      );
    await notify(1);
    const first = await runOf(id);
    await taken(1);
    for (let sequence = 2; sequence <= NEWS; sequence++) {
      await notify(sequence);
      await taken(sequence);
    }
    await inANewRun(id, first);
    await notify(NEWS - 1);
    await notify(NEWS + 1);
    await taken(NEWS + 1);
    const sequences = partner.tries
      .filter(({ view }) => view.reference === reference)
      .map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: NEWS + 1 }, (_, n) => n + 1));
    await hasItsKey(id);
    await recordHistory('notifications-continued', handle(id, first));
    await handle(id).cancel();
    await expect(handle(id).result()).rejects.toThrow(/cancel/i);
  },
  LIMIT_MS,
);
