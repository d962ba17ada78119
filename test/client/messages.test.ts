import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient, UpdateRefusedError } from '../../client/index.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress, listed, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await testEnv.startWorker();
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY, actor: 'tester' });
});

afterAll(async () => {
  await stopWorker();
});

test('a form is refused with the reason while none is needed', async () => {
  const request = { reference: aReference(), email: anAddress() };
  testEnv.simulator.createAccount({ email: request.email });
  await client.start(request);
  await reaches(client, request.reference, 'awaiting-attachment');
  const refused = client.register(request.reference, registrationForm());
  await expect(refused).rejects.toThrow(UpdateRefusedError);
  await expect(refused).rejects.toThrow('no form is needed');
});

test('a submitted form leads to an account, and acceptances lead to ready', async () => {
  const request = { reference: aReference(), email: anAddress() };
  await client.start(request);
  await reaches(client, request.reference, 'awaiting-registration');
  await client.register(request.reference, registrationForm({ company_siret: '' }));
  const refusedField = await eventually(
    'the field is refused',
    () => client.view(request.reference),
    (view) => !view.partial && view.fieldErrors.length > 0,
  );
  expect(refusedField).toMatchObject({ fieldErrors: [{ field: 'company_siret' }] });
  await client.register(request.reference, registrationForm());
  await reaches(client, request.reference, 'awaiting-email');
  testEnv.simulator.updateAccount(request.email, { confirmed: '1', cgu: '1' });
  await client.accept(request.reference, { what: 'email' });

  const view = await reaches(client, request.reference, 'ready');
  expect(view).toMatchObject({ outcome: { kind: 'ready', how: 'created' }, stuck: false });
  const ready = await listed(() => client.list({ status: 'ready' }), request.reference);
  expect(ready.every(({ status }) => status === 'ready')).toBe(true);
  await expect(client.check(request.reference)).rejects.toThrow('has ended (ready)');
  await expect(client.remind(request.reference)).rejects.toThrow(UpdateRefusedError);
});

test('a cancellation is not lost if something else happens at the same moment', async () => {
  const endings = Array.from({ length: 10 }, async () => {
    const reference = aReference();
    await client.start({ reference, email: anAddress() });
    await client.cancel(reference, { reason: 'a mistake' });
    return client.result(reference);
  });
  for (const ending of await Promise.all(endings)) expect(ending.kind).toBe('cancelled');
});

test('an update with an id that was used before is answered and not repeated', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  await reaches(client, reference, 'awaiting-registration');
  const until = new Date(Date.now() + 40 * 86_400_000);
  const once = await client.extend(reference, { until }, { updateId: 'u-1' });
  const twice = await client.extend(reference, { until }, { updateId: 'u-1' });
  expect(once.deadline).toBe(until.toISOString());
  expect(twice.version).toBe(once.version);
});

test('the view shows the time of the next read', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  const view = await eventually(
    'the time of the next read',
    () => client.view(reference),
    ({ calls }) => calls.some(({ nextTry }) => nextTry !== null),
  );
  expect(view.calls).toEqual([
    expect.objectContaining({
      what: 'awaitChange',
      // AR24 was read a moment ago, so the poll begins with its pause.
      unchanged: false,
      lastAnswer: null,
    }),
  ]);
});
