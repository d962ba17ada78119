/** `npm start` checks the variables of all parts before it starts any: one message with all faults, exit code 2. */
import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFaults } from '../../cli/environment/all-faults.ts';
import { ENVIRONMENT_TABLE } from '../../cli/environment/table.ts';
import { planUp } from '../../cli/up/options.ts';
import { runOnboard } from '../cli/onboard.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

/** A value that is wrong for each variable that has wrong ones; the others take any text. */
const WRONG = 'wr@ng value,';
const TAKE_ANY_TEXT = [
  'AR24_NO_ACCOUNT_SLUGS',
  'AR24_PAYMENT_LINK_FIELDS',
  'AR24_PRIVATE_KEY',
  'AR24_TOKEN',
  'ONBOARDING_CODEC_AUDIENCE',
  'ONBOARDING_CODEC_HOST',
  'ONBOARDING_CODEC_ISSUER',
  'ONBOARDING_CODEC_NAMESPACE',
  'ONBOARDING_GATEWAY_HOST',
  'ONBOARDING_PARTNER_NAME',
  'ONBOARDING_STATE_DIR',
  'SIMULATOR_HOST',
  'SIMULATOR_PRIVATE_KEY',
  'SIMULATOR_STATE_FILE',
  'SIMULATOR_TOKEN',
  'TEMPORAL_CLI_PATH',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_TLS_SERVER_NAME',
];
/** Paths, which take any text: the command below names a file that is missing. */
const FILES = ENVIRONMENT_TABLE.map(({ name }) => name).filter((name) =>
  /_FILE$|_PATH$|_PROFILE$|EVENT_SOURCES$/.test(name),
);

test('a wrong value of any variable of any part is a fault, named without the value', () => {
  const names = ENVIRONMENT_TABLE.map(({ name }) => name);
  for (const name of names.filter((one) => !FILES.includes(one))) {
    const faults = environmentFaults({ [name]: WRONG }, 'simulator');
    const isFree = TAKE_ANY_TEXT.includes(name);
    const named = faults.some((fault) => fault.name === name);
    expect({ name, isFault: isFree || named }).toEqual({ name, isFault: true });
    expect(JSON.stringify(faults)).not.toContain(WRONG);
  }
  expect(TAKE_ANY_TEXT.filter((name) => !names.includes(name))).toEqual([]);
});

test('nothing has to be set on one machine, and all faults are reported together', () => {
  expect(environmentFaults({}, 'simulator')).toEqual([]);
  expect(planUp({}, { AR24_BASE_URL: '' }).ar24.kind).toBe('simulator');
  const faults = environmentFaults(
    {
      AR24_BASE_URL: 'https://test.ar24.fr/api/',
      ONBOARDING_POLL_FIRST_S: '100',
      ONBOARDING_POLL_MAX_S: '10',
      ONBOARDING_NOTIFY_URL: 'https://crm.example.org/hooks',
      ONBOARDING_AR24_WEBHOOK_ADDRESSES: '192.0.2.1',
    },
    'to be set',
  ).map(({ name }) => name);
  expect(faults).toEqual(
    expect.arrayContaining([
      'AR24_TOKEN',
      'AR24_PRIVATE_KEY',
      'ONBOARDING_NOTIFY_SECRETS',
      'ONBOARDING_TRUSTED_PROXIES',
    ]),
  );
  expect(new Set(faults).size).toBe(faults.length);
  const pauses = environmentFaults({ ONBOARDING_POLL_FIRST_S: '100' }, 'simulator');
  expect(pauses).toEqual([expect.objectContaining({ name: 'ONBOARDING_POLL_MAX_S' })]);
});

test('the command lists every fault, ends with 2, and has started and created nothing', async () => {
  const state = join(await temporaryFolder(), 'state');
  const { code, out, err } = await runOnboard(['up', '--json'], {
    env: {
      ONBOARDING_STATE_DIR: state,
      AR24_TIMEOUT_MS: WRONG,
      ONBOARDING_DEADLINE_DAYS: WRONG,
      ONBOARDING_PARTNER_COLOUR: WRONG,
      ONBOARDING_CODEC_JWKS_URL: WRONG,
      ONBOARDING_EVENT_SOURCES: '/nowhere/sources.json',
      ONBOARDING_LOG_LEVEL: WRONG,
      ONBOARDING_POLL_FIRST_S: '100',
      SIMULATOR_PORT: WRONG,
    },
  });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const named = [...err.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name);
  expect(named.sort()).toEqual([
    'AR24_TIMEOUT_MS',
    'ONBOARDING_CODEC_JWKS_URL',
    'ONBOARDING_DEADLINE_DAYS',
    'ONBOARDING_EVENT_SOURCES',
    'ONBOARDING_LOG_LEVEL',
    'ONBOARDING_PARTNER_COLOUR',
    'SIMULATOR_PORT',
  ]);
  expect(err).not.toContain(WRONG);
  expect(existsSync(state)).toBe(false);
});
