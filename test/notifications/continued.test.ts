/** Long lives go on in new runs: the partner is told nothing twice, and misses nothing. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  notifySignal,
  TASK_QUEUE,
  workflowIdOf,
  type Notification,
} from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { Person } from '../support/person.ts';
import { useShortHistories } from '../temporal/short-histories.ts';
import { PartnerServer } from './partner.ts';

const HINTS = 60;
const NEWS = 30;
const LIMIT_MS = 60_000;

let partner: PartnerServer;

beforeAll(async () => {
  partner = await PartnerServer.listen();
});
const world = useShortHistories(() => partner.settings);
afterAll(() => partner.close());

const handle = (workflowId: string, runId?: string) =>
  world.temporal.workflow.getHandle(workflowId, runId);
const runOf = async (workflowId: string) => (await handle(workflowId).describe()).runId;
const inANewRun = (workflowId: string, than: string) =>
  eventually(
    'in a new run',
    () => runOf(workflowId),
    (run) => run !== than,
  );
const toldOf = (reference: string) =>
  partner.told.filter(({ view }) => view.reference === reference);
const told = (reference: string, status: string) =>
  eventually(
    status,
    () => Promise.resolve(toldOf(reference).map(({ view }) => view.status)),
    (statuses) => statuses.at(-1) === status,
  );

test(
  'an onboarding in a new run goes on telling where it had stopped',
  async () => {
    const { client, simulator } = world;
    const [reference, email] = ['long', 'long@example.org'];
    const id = workflowIdOf(reference);
    simulator.createAccount({ email });
    await client.start({ reference, email });
    await told(reference, 'awaiting-attachment');
    const first = await runOf(id);
    for (let hint = 0; hint < HINTS; hint++) await client.check(reference);
    await inANewRun(id, first);
    await client.view(reference);
    await new Person(simulator, email).acceptsAccess();
    expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
    const statuses = await told(reference, 'ready');
    expect(statuses.filter((status) => status === 'awaiting-attachment')).toHaveLength(1);
    expect(new Set(statuses).size).toBe(statuses.length);
    const sequences = toldOf(reference).map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(new Set(toldOf(reference).map(({ view }) => view.startedAt)).size).toBe(1);
    // What tells the partner is no onboarding.
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
    const happened = (await client.timeline(reference)).map(({ what }) => what);
    expect(happened).toContainEqual({ kind: 'call', call: 'requestAccess', result: 'taken' });
    expect(JSON.stringify(happened)).not.toContain('tellPartner');
    await recordHistory('told-continued-first-run', handle(id, first));
    await recordHistory('told-continued-last-run', handle(id));
  },
  LIMIT_MS,
);

test(
  'news that race a continuation are delivered, and what is late is still known to be',
  async () => {
    const [model] = toldOf('long');
    if (!model) throw new Error('nothing was told');
    const reference = 'many';
    const id = notificationsIdOf(reference);
    const news = (sequence: number): Notification => ({
      type: 'onboarding.updated',
      sequence,
      at: model.timestamp,
      view: { ...model.view, reference },
    });
    const tell = (sequence: number) =>
      world.temporal.workflow.signalWithStart(NOTIFICATIONS_WORKFLOW_TYPE, {
        workflowId: id,
        taskQueue: TASK_QUEUE,
        signal: notifySignal,
        signalArgs: [news(sequence)],
      });
    const taken = (wanted: number) =>
      eventually(
        'delivered',
        () => Promise.resolve(toldOf(reference).at(-1)?.sequence),
        (last) => last === wanted,
      );
    await tell(1);
    const first = await runOf(id);
    await taken(1);
    for (let sequence = 2; sequence <= NEWS; sequence++) {
      await tell(sequence);
      await taken(sequence);
    }
    await inANewRun(id, first);
    await tell(NEWS - 1);
    await tell(NEWS + 1);
    await taken(NEWS + 1);
    const sequences = partner.tries
      .filter(({ view }) => view.reference === reference)
      .map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: NEWS + 1 }, (_, n) => n + 1));
    await recordHistory('notifications-continued', handle(id, first));
    await handle(id).cancel();
    await expect(handle(id).result()).rejects.toThrow(/cancel/i);
  },
  LIMIT_MS,
);
