/** The daily limit of mails to one address, counted exactly in Temporal for all processes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { createMailBudget, startWithinBudget, type Starting } from '../../gateway/mail-budget.ts';
import { mailIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { callsTo } from '../support/ledger.ts';
import { openTestEnv } from '../support/test-env.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
const NEW_KEY = { version: '2', key: Buffer.alloc(32, 7) };

const gatewaysOf = (perDay: number, count = 3) =>
  Promise.all(
    Array.from({ length: count }, () =>
      startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: perDay }),
    ),
  );
/** As clients do: repeated if Temporal was too slow. */
const put = (gateway: GatewayUnderTest | undefined, email: string, reference = aReference()) =>
  eventually(
    'answered',
    async () => {
      const answer = await gateway?.call('PUT', `/onboardings/${reference}`, { body: { email } });
      return answer?.status;
    },
    (status) => status !== 503,
  );

test('three gateways at once accept exactly as many mails to an address as the limit allows', async () => {
  const email = anAddress();
  const gateways = await gatewaysOf(5);
  const statuses = await Promise.all(
    Array.from({ length: 18 }, (_, n) => put(gateways[n % 3], email)),
  );
  expect(statuses.sort()).toEqual([...Array<number>(5).fill(202), ...Array<number>(13).fill(429)]);
});

test('the same start ten times at once, at three gateways, counts once', async () => {
  const [email, reference] = [anAddress(), aReference()];
  const gateways = await gatewaysOf(2);
  const same = Array.from({ length: 10 }, (_, n) => put(gateways[n % 3], email, reference));
  for (const status of await Promise.all(same)) expect(status).toBe(202);
  expect(await put(gateways[0], email)).toBe(202);
  expect(await put(gateways[1], email)).toBe(429);
});

test('starts by other ways count too, and are never refused', async () => {
  const email = anAddress();
  const [gateway] = await gatewaysOf(2, 1);
  const onboardings = new OnboardingClient({ temporal: here.temporal, hashKey: HASH_KEY });
  for (let starts = 0; starts < 3; starts++) {
    const { kind } = await onboardings.start({ reference: aReference(), email }, { bulk: true });
    expect(kind).toBe('started');
  }
  expect(await put(gateway, email)).toBe(429);
});

test('after a change of the hash key the mails of the day still count, as long as the old key is known', async () => {
  const email = anAddress();
  const settings = { temporal: here.temporal };
  const before = new OnboardingClient({ ...settings, hashKey: HASH_KEY });
  const after = new OnboardingClient({
    ...settings,
    hashKey: NEW_KEY,
    formerHashKeys: [HASH_KEY],
  });
  const reference = aReference();
  await after.start({ reference, email });
  expect(await after.mails.keyOf(reference)).toBe(before.mails.keyOfAddress(email));
  const take = (client: OnboardingClient, cause: string) =>
    client.mails.take(client.mails.keyOfAddress(email), { cause, most: 2 });
  expect(await take(before, 'one')).toBeDefined();
  expect(await take(after, 'two')).toBeUndefined();
});

test('a mail that was not sent is released once, and not by a caller that only repeats the request', async () => {
  const onboardings = new OnboardingClient({ temporal: here.temporal, hashKey: HASH_KEY });
  const mailKey = onboardings.mails.keyOfAddress(anAddress());
  const take = (cause: string) => onboardings.mails.take(mailKey, { cause, most: 1 });
  const first = await take('one');
  await (await take('one'))?.giveBack();
  expect(await take('two')).toBeUndefined();
  await first?.giveBack();
  expect(await take('two')).toBeDefined();
  await first?.giveBack();
  expect(await take('three')).toBeUndefined();
});

test.each([
  { what: 'the same address', isSame: true, left: false },
  { what: 'another address', isSame: false, left: true },
])(
  'a start that loses the race against one of $what with other data leaves the mails counted that are sent',
  async ({ isSame, left }) => {
    const onboardings = new OnboardingClient({ temporal: here.temporal, hashKey: HASH_KEY });
    const budget = createMailBudget({ onboardings, perDay: 1, onRefused: () => undefined });
    const [email, reference] = [anAddress(), aReference()];
    const winner = { reference, email: isSame ? email : anAddress(), language: 'en' } as const;
    const losing: Starting['onboardings'] = {
      mails: onboardings.mails,
      newestRun: (one) => onboardings.newestRun(one),
      async start(...request) {
        const won = await startWithinBudget({ onboardings, budget }, winner);
        expect(won.kind).toBe('started');
        return onboardings.start(...request);
      },
    };
    const lost = await startWithinBudget({ onboardings: losing, budget }, { reference, email });
    expect(lost.kind).toBe('open-differs');
    const next = await budget.take(onboardings.mails.keyOfAddress(email), 'next');
    expect(next !== undefined).toBe(left);
  },
);

test('a counted mail shows neither the address nor the reference', async () => {
  const onboardings = new OnboardingClient({ temporal: here.temporal, hashKey: HASH_KEY });
  const mailKey = onboardings.mails.keyOfAddress(anAddress());
  await onboardings.mails.take(mailKey, { cause: 'start/customer-42/', most: 1 });
  const { memo } = await here.temporal.workflow.getHandle(mailIdOf(mailKey, 0)).describe();
  expect(JSON.stringify(memo)).not.toContain('customer-42');
});

describe('with a worker', () => {
  let stopWorker: () => Promise<void>;

  beforeAll(async () => {
    stopWorker = await here.startWorker();
  });
  afterAll(() => stopWorker());

  const correct = (
    gateway: GatewayUnderTest | undefined,
    reference: string,
    body: { readonly email: string; readonly emailVerified?: true },
  ) =>
    eventually(
      'answered',
      async () =>
        (await gateway?.call('POST', `/onboardings/${reference}/address`, { body }))?.status,
      (status) => status !== 503,
    );

  test('vouching for the present address counts no mail, correcting it does', async () => {
    const [email, other, reference] = [anAddress(), anAddress(), aReference()];
    const [gateway] = await gatewaysOf(1, 1);
    expect(await put(gateway, email, reference)).toBe(202);
    expect(await put(gateway, other)).toBe(202);
    expect(await correct(gateway, reference, { email, emailVerified: true })).toBe(200);
    expect(await correct(gateway, reference, { email: other })).toBe(429);
  });

  test('corrected to another address and back at once, during a slow call to AR24: the way back counts', async () => {
    const [email, other, reference] = [anAddress(), anAddress(), aReference()];
    const [gateway] = await gatewaysOf(1, 1);
    const { simulator } = here;
    const before = callsTo(simulator, 'GET /user');
    simulator.setFaults({ latencyMs: { min: 8_000, max: 8_000, routes: ['GET /user'], count: 1 } });
    expect(await put(gateway, email, reference)).toBe(202);
    await eventually(
      'in the call',
      () => Promise.resolve(callsTo(simulator, 'GET /user')),
      (calls) => calls > before,
    );
    expect(await correct(gateway, reference, { email: other })).toBe(200);
    expect(await correct(gateway, reference, { email })).toBe(429);
  });

  test('a client counts no mail for a vouched present address, and one for another address', async () => {
    const [email, other, reference] = [anAddress(), anAddress(), aReference()];
    const onboardings = new OnboardingClient({ temporal: here.temporal, hashKey: HASH_KEY });
    const takeOnly = (address: string) =>
      onboardings.mails.take(onboardings.mails.keyOfAddress(address), { cause: 'next', most: 1 });
    await onboardings.start({ reference, email }, { mail: 'counted' });
    await onboardings.correctAddress(reference, { email, emailVerified: true });
    expect(await takeOnly(email)).toBeDefined();
    await onboardings.correctAddress(reference, { email: other });
    expect(await takeOnly(other)).toBeUndefined();
  });

  test('a mail still counts after the address was corrected to another, at every gateway', async () => {
    const victim = anAddress();
    const gateways = await gatewaysOf(2);
    const statuses = [];
    for (const gateway of [...gateways, ...(await gatewaysOf(2, 1))]) {
      const reference = aReference();
      const status = await put(gateway, victim, reference);
      statuses.push(status);
      if (status !== 202) continue;
      await eventually(
        'waits for the form',
        () => gateway.call('GET', `/onboardings/${reference}`),
        ({ json }) => json['status'] === 'awaiting-registration',
      );
      const body = { email: anAddress() };
      const corrected = await gateway.call('POST', `/onboardings/${reference}/address`, { body });
      expect(corrected.status).toBe(200);
    }
    expect(statuses).toEqual([202, 202, 429, 429]);
  });
});

test('a mail no longer counts a day later', async () => {
  const { temporal } = await openTestEnv();
  const onboardings = new OnboardingClient({ temporal: temporal.client, hashKey: HASH_KEY });
  const mailKey = onboardings.mails.keyOfAddress(anAddress());
  const take = (cause: string) => onboardings.mails.take(mailKey, { cause, most: 1 });
  expect(await take('one')).toBeDefined();
  await temporal.sleep('23 hours');
  expect(await take('two')).toBeUndefined();
  await temporal.sleep('2 hours');
  const again = await eventually(
    'free',
    () => take('two'),
    (taken) => taken !== undefined,
  );
  expect(again).toBeDefined();
});
