/** `onboard restored` and `onboard erasures`: what an operator needs after Temporal's database was restored. */
import { expect, test } from '@jest/globals';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { DELETES_SOON } from '../erasure/runs.ts';
import { eventually } from '../support/eventually.ts';
import { lettersSent } from '../support/ledger.ts';
import { recordHistory } from '../support/histories.ts';
import { jsonIn, jsonLinesIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem(DELETES_SOON);
const { testEnv, onboard } = system;

const complete = { confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'Brûlé' } as const;
const REQUIRE = { require: ['identity'] } as const;

const letters = (count: number) =>
  eventually(
    `${count} letters`,
    () => Promise.resolve(lettersSent(testEnv.simulator)),
    (sent) => sent === count,
  );

test('after a restore, an order that may be forgotten waits for an operator, and one that cannot be does not', async () => {
  const [forgotten, fresh] = [aReference(), aReference()];
  const [email, known] = [anAddress(), anAddress()];
  const { simulator } = testEnv;
  simulator.createAccount({ ...complete, email: known, attached: '1', custom_ref: forgotten });
  simulator.createAccount({ ...complete, email });
  await system.client.start({ reference: forgotten, email: known, ...REQUIRE });

  const recorded = await onboard(['restored', '--json']);
  expect(recorded.code).toBe(0);
  expect(jsonLinesIn(recorded.out)[0]).toEqual({ restored: expect.any(String) });
  const doctor = await onboard(['doctor']);
  expect(doctor.out).toMatch(/! ar24-writes .*Temporal was restored on 2[-0-9]+ [0-9:]+/);
  expect(doctor.out).toContain('`onboard restored --over`');

  const stop = await testEnv.startWorker();
  const view = await reaches(system.client, forgotten, 'awaiting-operator');
  expect(view).toMatchObject({ question: 'order-after-restore' });
  const { out } = await onboard(['status', forgotten]);
  expect(out).toContain('may have forgotten that the identity was ordered');

  await system.client.start({ reference: fresh, email, ...REQUIRE });
  await reaches(system.client, fresh, 'awaiting-attachment');
  simulator.updateAccount(email, { attached: '1' });
  await system.client.check(fresh);
  await letters(1);

  await onboard(['override', forgotten, 'operator', '--reason', 'AR24 has no order']);
  await letters(2);
  await reaches(system.client, forgotten, 'awaiting-identity');
  simulator.updateAccount(known, { is_identity_verified: true });
  await system.client.check(forgotten);
  await reaches(system.client, forgotten, 'ready');
  await recordHistory(
    'order-after-restore',
    testEnv.temporal.workflow.getHandle(workflowIdOf(forgotten)),
  );

  const over = await onboard(['restored', '--over']);
  expect(over.out).toContain('Workers withhold no order any longer.');
  expect((await onboard(['restored', '--over'])).out).toContain('No restore was recorded.');
  await stop();
});

test('erasures are listed with their times, without any key', async () => {
  const reference = aReference();
  await system.client.start({ reference, email: anAddress() });
  await testEnv.startWorker();
  await onboard(['erase', reference, '--yes']);
  const env = { ONBOARDING_ENCRYPTION_KEYS: '', ONBOARDING_HASH_KEY: '' };
  const listed = await eventually(
    'listed',
    () => onboard(['erasures', '--json'], { env }),
    ({ out }) => out.includes(reference),
  );
  const entry = {
    reference,
    requestedAt: expect.any(String),
    erasedAt: expect.any(String),
    state: 'erased',
  };
  expect(jsonIn(listed.out)).toEqual(entry);
  const found = await system.client.erasures(new Date(0)).next();
  expect(found.value).toEqual(entry);
  const later = await onboard(['erasures', '--since', '2999-01-01']);
  expect(later.err).toContain('no erasures');
});
