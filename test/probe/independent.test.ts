/** The probe finds the habits of an AR24 that shares no code with this project, and the simulator imitates them. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { AR24_VARIABLES } from '../../cli/environment/ar24-variables.ts';
import { POLICY_VARIABLES } from '../../cli/environment/policy-variables.ts';
import { readEnvironment } from '../../cli/environment/read-environment.ts';
import { WORKER_VARIABLES } from '../../cli/environment/worker-variables.ts';
import { withImitation } from '../../cli/probe/imitation.ts';
import { asMarkdown, WebhookListener, type Report } from '../../probe/index.ts';
import { startSimulator } from '../../simulator/index.ts';
import { OLD_TOKEN, STRICT, type Habits } from './habits.ts';
import { IndependentAr24 } from './independent-ar24.ts';
import { ADDRESSES, operatorAt, probeAt, probeSimulator } from './probing.ts';

const open: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

async function probed(habits: Habits, named: readonly string[] = []): Promise<Report> {
  const ar24 = await new IndependentAr24(habits).start();
  const listener = await WebhookListener.listen('127.0.0.1', 0);
  open.push(ar24, { stop: () => listener.close() });
  ar24.webhook = `http://127.0.0.1:${listener.port}/hook`;
  ar24.open(ADDRESSES.known);
  return probeAt(ar24, operatorAt(ar24), { listener, named });
}

describe('a strict one', () => {
  test('is found as it is', async () => {
    const { findings, contradictions } = await probed(STRICT);
    expect(findings).toMatchObject({
      successEncrypted: true,
      successContentType: 'application/octet-stream',
      refusalContentType: 'text/html; charset=utf-8',
      wrongSignature: 'signature_invalid',
      checkOrder: 'date-first',
      dateReuse: 'date_already_used',
      pastToleranceS: 0,
      futureToleranceS: 600,
      messageLanguage: 'the same in all',
      unknownRoute: 'unknown_route',
      listMembers: ['users', 'total'],
      numbersAs: 'numbers',
      hiddenFields: ['billing_tva', 'notify_bc'],
      extraFields: ['id_team', 'last_login'],
      accessNoAccount: 'email_unknown',
      duplicate: 'user_not_created',
      emailCase: 'insensitive',
      termsParameter: 'refused',
      confirmedParameter: 'ignored',
      createNoGender: 'success',
      confirmationMails: 1,
      termsMails: 0,
      accessAttached: 'access_exists',
      accessMails: 1,
      unknownParameter: 'success',
      readByReference: 'missing_user_id',
      listByReference: false,
      duplicateUnattached: 'user_belongs_elsewhere',
      pendingListed: false,
      refusedListed: false,
      emptyResult: 'array',
      paymentLinkField: 'payment_page',
      termsAccepted: { changed: ['cgu'], withinS: 2 },
      emailConfirmed: { changed: ['confirmed'], withinS: 2 },
      accessGranted: { changed: [], withinS: 2 },
      termsWhenAccepted: 'cgu_accepted',
      webhooks: {
        events: { email_confirmed: true, terms_accepted: true, access_granted: true },
        shapes: expect.arrayContaining([
          {
            method: 'POST',
            encoding: 'json',
            fields: { 'user.id': 'id', user_id: 'id', event: 'word' },
          },
        ]),
      },
    });
    expect(contradictions.map(({ section, found }) => [section, found])).toEqual([
      ['4.1', 'users, total'],
      ['4.2', 'billing_tva, notify_bc'],
      ['4.2', 'id_team, last_login'],
      ['6', '0'],
      ['10, item 9', 'user_belongs_elsewhere'],
    ]);
  });

  test('gives settings that a worker accepts', async () => {
    const { environment } = await probed(STRICT);
    expect(environment.join('\n')).toContain('answers user_belongs_elsewhere');
    const lines = environment
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split('='));
    const set = Object.fromEntries(lines) as Record<string, string>;
    const variables = { ...AR24_VARIABLES, ...WORKER_VARIABLES, ...POLICY_VARIABLES };
    expect(Object.keys(set).filter((name) => !(name in variables))).toEqual([]);
    const secrets = { AR24_TOKEN: 'token', AR24_PRIVATE_KEY: 'key' };
    expect(readEnvironment(variables, { ...set, ...secrets })).toMatchObject({
      AR24_DATE_AHEAD_S: 120,
      AR24_DATE_SHARE: { number: 1, of: 1 },
      AR24_EMAIL_CASE: 'insensitive',
      AR24_NO_ACCOUNT_SLUGS: ['email_unknown'],
      AR24_PAYMENT_LINK_FIELDS: ['payment_page'],
    });
    expect(set).toMatchObject({
      ONBOARDING_TERMS_MAIL: 'request',
      ONBOARDING_TERMS_PROOF: 'field',
      ONBOARDING_PREACCEPTED_TERMS: '0',
      ONBOARDING_PRECONFIRMED_EMAIL: '0',
      ONBOARDING_REMIND_ATTACHMENT: '0',
    });
  });
});

test('what the simulator cannot imitate is listed, and nothing else', async () => {
  const report = await withImitation(await probed({ ...STRICT, duplicateOfOthers: undefined }));
  const rows = report.notImitated ?? [];
  const found = Object.fromEntries(rows.map((one) => [one.meaning, [one.found, one.simulator]]));
  expect(found).toMatchObject({
    'content type of a success': ['application/octet-stream', 'text/plain; charset=utf-8'],
    'a route that does not exist': ['unknown_route', 'http-404'],
    'members of the result of a list': ['users, total', 'users'],
    'fields that are not documented': ['id_team, last_login', expect.anything()],
    'POST /user for the address of a holder who granted nothing': ['success', 'user_not_created'],
  });
  expect(found).not.toHaveProperty('with a wrong signature');
  expect(found).not.toHaveProperty('after the address was confirmed');
  expect(asMarkdown(report)).toContain('## The simulator cannot imitate\n\nA probe of');
});

test('a slug for duplicates that nobody has seen before is imitated', async () => {
  const habits = { ...STRICT, duplicate: 'adresse_prise', duplicateOfOthers: 'adresse_prise' };
  const { simulator, findings } = await probed(habits, ['create', 'duplicates']);
  expect(findings.duplicate).toBe('adresse_prise');
  expect(simulator).toMatchObject({ duplicateSlug: 'adresse_prise' });
});

test.each([
  ['a nested link', (link: string) => ({ page: { url: link, id: 3 } }), 'page.url', true],
  // The worker reads this one without a setting.
  ['a link as the result', (link: string) => link, '.', false],
  ['a link in a list', (link: string) => [{ to: link }], '0.to', true],
])('%s for a payment is found', async (_name, payment, field, isBeyondSettings) => {
  const named = ['create', 'payment-link'];
  const { findings, environment, simulator } = await probed({ ...STRICT, payment }, named);
  expect(findings.paymentLinkField).toBe(field);
  const lines = environment.join('\n');
  expect(lines.includes('# No setting fits: the payment link is')).toBe(isBeyondSettings);
  expect(lines).not.toContain('AR24_PAYMENT_LINK_FIELDS');
  expect(simulator).not.toHaveProperty('paymentLinkField');
});

describe('one with an old token', () => {
  test('is found as it is', async () => {
    const { findings, environment, contradictions } = await probed(OLD_TOKEN);
    expect(findings).toMatchObject({
      successEncrypted: false,
      refusalStatus: 404,
      missingSignature: 'success',
      pastDate: 'success',
      emailCase: 'sensitive',
      termsParameter: 'honoured',
      confirmedParameter: 'honoured',
      createNoGender: 'error_gender',
      accessNoAccount: 'success',
      accessMails: 2,
      accessAttached: 'success',
      numbersAs: 'strings',
    });
    expect(environment.join('\n')).toContain('# No setting fits: request_access');
    const found = contradictions.map(({ meaning }) => meaning);
    expect(found).toContain('HTTP status of a refusal');
    expect(found).toContain('successes are encrypted');
  });
});

test.each([
  ['a strict one', STRICT],
  ['one with an old token', OLD_TOKEN],
])('the simulator behaves like %s, webhooks included', async (_name, habits) => {
  const { simulator: switches } = await probed(habits);
  const simulator = await startSimulator({ port: 0, switches });
  const listener = await WebhookListener.listen('127.0.0.1', 0);
  open.push(simulator, { stop: () => listener.close() });
  simulator.setSwitches({ webhookUrl: `http://127.0.0.1:${listener.port}/` });
  const again = await probeSimulator(simulator, { listener });
  expect(again.simulator).toMatchObject(switches);
  expect(switches).toMatchObject({
    webhookEncoding: 'json',
    webhookFields: { user_id: 'id', event: 'state' },
  });
});
