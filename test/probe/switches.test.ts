/** The probe finds out every switch of the simulator that can be found out, and states no wrong one. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { withImitation } from '../../cli/probe/imitation.ts';
import { NOT_PROBED, STEPS, WebhookListener, type Report } from '../../probe/index.ts';
import {
  DEFAULT_SWITCHES,
  startSimulator,
  type Simulator,
  type Switches,
} from '../../simulator/index.ts';
import { ADDRESSES, probeSimulator, type Probing } from './probing.ts';

/** Sets of switches; between them every switch is given a value other than its default. */
const CASES: readonly Partial<Switches>[] = [
  { encryptSuccesses: false },
  { requireSignature: false },
  { checkOrder: 'date-first' },
  { pastToleranceS: 0 },
  { pastToleranceS: 30 },
  { pastToleranceS: 600 },
  { rejectDateReuse: true, dateReuseSlug: 'date_twice' },
  { wrongSignatureSlug: 'bad_signature' },
  { defaultLanguage: 'fr' },
  { defaultLanguage: 'nl' },
  { duplicateSlug: 'user_not_created' },
  { duplicateSlug: 'address_taken' },
  { emailCase: 'sensitive' },
  { confirmedParameter: 'ignored', cguParameter: 'honoured' },
  { cguParameter: 'refused', refusedParameterSlug: 'cgu_not_allowed' },
  { confirmedParameter: 'refused', refusedParameterSlug: 'confirmed_not_allowed' },
  { termsMailOnCreation: false },
  { genderRequired: false, vatRequiredInFrance: true },
  { accessNoAccountSlug: 'no_such_account' },
  { alreadyAttachedAnswer: 'error', alreadyAttachedSlug: 'attached' },
  { pendingAccessAgain: 'silent' },
  { refusedAccessAgain: 'error', refusedAccessSlug: 'holder_refused' },
  { termsAcceptedAnswer: 'error', termsAcceptedSlug: 'terms_accepted' },
  { paymentLinkField: 'payment_url' },
  { identityOnOrder: 'silent' },
  { identityOnOrder: 'error', identityOnOrderSlug: 'on_order' },
  { emptyResult: 'array' },
  { emptyResult: 'absent' },
  { numbersAs: 'numbers' },
  { numbersAs: 'mixed' },
  { extraFields: true, identityField: 'false' },
  { hideFields: ['name', 'confirmed', 'cgu'] },
  { hideFields: ['id'] },
  { customRefShown: false },
  { webhookEncoding: 'json', webhookFields: { user: 'id', mail: 'email', at: 'date' } },
  {
    webhookFields: { id_user: 'id', new_state: 'state', ref: 'custom_ref' },
    webhookStates: ['access_granted', 'terms_accepted'],
  },
];

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
});

afterAll(async () => {
  await simulator.stop();
});

beforeEach(async () => {
  await simulator.reset();
});

/** With all steps, also the paid one. */
async function probeWith(switches: Partial<Switches>): Promise<Report> {
  simulator.setSwitches(switches);
  const hasWebhooks = Object.keys(switches).some((name) => name.startsWith('webhook'));
  const given: Probing = { named: STEPS.map(({ name }) => name) };
  if (!hasWebhooks) return probeSimulator(simulator, given);
  const listener = await WebhookListener.listen('127.0.0.1', 0);
  simulator.setSwitches({ webhookUrl: `http://127.0.0.1:${listener.port}/` });
  try {
    return await probeSimulator(simulator, { ...given, listener });
  } finally {
    await listener.close();
  }
}

test('the simulator as it is by default', async () => {
  const report = await probeWith({});
  const states = Object.values(report.steps).map(({ state }) => state);
  expect(states).toEqual(STEPS.map(() => 'done'));
  expect(DEFAULT_SWITCHES).toMatchObject(report.simulator);
  expect(report.contradictions).toEqual([]);
  expect((await withImitation(report)).notImitated).toEqual([]);
});

test.each(CASES.map((switches) => [JSON.stringify(switches), switches] as const))(
  'a simulator with %s',
  async (_text, switches) => {
    const { simulator: found } = await probeWith(switches);
    expect(found).toMatchObject(expected(switches));
    expect({ ...DEFAULT_SWITCHES, ...switches }).toMatchObject(comparable(found));
  },
);

test('every switch is in a case above, or the probe has a reason why it does not find it out', () => {
  const found = new Set(CASES.flatMap((switches) => Object.keys(switches)));
  const others = Object.keys(DEFAULT_SWITCHES).filter((name) => !found.has(name));
  expect(others.sort()).toEqual(Object.keys(NOT_PROBED).sort());
});

test('an address that has an account already is left alone', async () => {
  simulator.createAccount({ email: ADDRESSES.plain });
  const { steps, writes } = await probeSimulator(simulator, { named: ['create'] });
  expect(steps['create']).toMatchObject({ state: 'skipped' });
  expect(writes).toEqual([]);
});

test('of webhooks it finds which changes are announced', async () => {
  const { findings, simulator: found } = await probeWith({ webhookStates: ['terms_accepted'] });
  expect(findings.webhooks?.events).toEqual({
    access_granted: false,
    access_refused: false,
    email_confirmed: false,
    terms_accepted: true,
  });
  expect(found['webhookStates']).toContain('terms_accepted');
  expect(found['webhookStates']).not.toContain('email_confirmed');
});

/** States of changes that nobody made during the probe stay as they are by default: see the test above. */
function expected(switches: Partial<Switches>): Partial<Switches> {
  const { webhookStates: _states, ...others } = switches;
  return others;
}

function comparable({ webhookStates: _states, ...others }: Report['simulator']) {
  return others;
}
