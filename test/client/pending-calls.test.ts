/**
 * The pending call of an onboarding as Temporal shows it, with the last failure in AR24's words.
 */
import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import {
  createEncryptionKey,
  encryptingConverter,
  parseEncryptionKeys,
} from '../../codec/index.ts';
import { OnboardingClient, type PendingCall, type SenderView } from '../../client/index.ts';
import { eventually } from '../support/eventually.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;

beforeAll(async () => {
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  await testEnv.startWorker({ policy: { poll: { firstSeconds: 1, maxSeconds: 1 } } });
});

beforeEach(() => {
  testEnv.simulator.setFaults({ http5xx: null });
});

function waits(reference: string, fits: (call: PendingCall) => boolean): Promise<SenderView> {
  return eventually(
    'a call in this state',
    () => client.view(reference),
    ({ calls: [call] }) => call !== undefined && fits(call),
  );
}

const lastReadOf = (view: SenderView): string => (view.partial ? '' : (view.lastRead?.at ?? ''));

test('a call that failed shows the reason', async () => {
  testEnv.simulator.setFaults({ http5xx: {} });
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  const { calls } = await waits(reference, ({ attempt }) => attempt > 1);
  expect(calls[0]?.lastAnswer).toMatch(/^AR24 [A-Z]+ \/?user/);
});

test('without its key the failure names the key', async () => {
  testEnv.simulator.setFaults({ http5xx: {} });
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  await waits(reference, ({ attempt }) => attempt > 1);
  const dataConverter = encryptingConverter(parseEncryptionKeys(createEncryptionKey('other')));
  const temporal = new Client({ connection: testEnv.temporal.connection, dataConverter });
  const { calls } = await new OnboardingClient({ temporal, hashKey: HASH_KEY }).view(reference);
  expect(calls[0]?.lastAnswer).toMatch(
    /^cannot be read here: it was encrypted with the key test-[0-9a-f]{8}$/,
  );
});

test('the last read is the newest one, even if it showed no change', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  const first = await reaches(client, reference, 'awaiting-registration');
  const polled = await waits(reference, ({ unchanged }) => unchanged);
  expect(Date.parse(lastReadOf(polled))).toBeGreaterThan(Date.parse(lastReadOf(first)));
});
