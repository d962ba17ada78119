/** ONBOARDING_NOTIFY_*: all faults are reported together, without any value. */
import { expect, test } from '@jest/globals';
import { POLICY_VARIABLES } from '../../cli/environment/policy-variables.ts';
import type { EnvironmentFault } from '../../cli/environment/environment-error.ts';
import { policyOf } from '../../cli/environment/policy.ts';
import { readEnvironment, type Environment } from '../../cli/environment/read-environment.ts';
import { workerSettings } from '../../cli/worker/settings.ts';
import { WORKER_ENVIRONMENT } from '../worker/worker.ts';
import { OTHER_SECRET, SECRET } from './partner.ts';

const URL = 'https://user:hidden@hooks.example.org/?key=hidden';

function read(notify: Environment) {
  const faults: EnvironmentFault[] = [];
  const settings = workerSettings({ ...WORKER_ENVIRONMENT, ...notify }, faults);
  const messages = faults.map(({ name, message }) => `${name} ${message}`);
  expect(messages.join()).not.toMatch(/hidden/);
  return { receiver: settings?.notify, faults: faults.map(({ name }) => name), messages };
}

test('without settings there are no notifications', () => {
  expect(read({})).toEqual({ receiver: undefined, faults: [], messages: [] });
});

test('an address and secrets, each of which signs', () => {
  const set = {
    ONBOARDING_NOTIFY_URL: URL,
    ONBOARDING_NOTIFY_SECRETS: `${SECRET}, ${OTHER_SECRET}`,
  };
  expect(read(set).receiver).toEqual({
    url: URL,
    secrets: [SECRET, OTHER_SECRET],
    privateTargets: 'refused',
  });
});

test.each<[string, Environment, readonly string[]]>([
  ['no secret', { ONBOARDING_NOTIFY_URL: URL }, ['ONBOARDING_NOTIFY_SECRETS']],
  [
    'a secret that is too short, an invalid one, and no TLS',
    {
      ONBOARDING_NOTIFY_URL: 'http://hidden.example.org',
      ONBOARDING_NOTIFY_SECRETS: 'whsec_aGlkZGVu,hidden',
    },
    ['ONBOARDING_NOTIFY_SECRETS', 'ONBOARDING_NOTIFY_URL'],
  ],
  [
    'every value wrong',
    {
      ONBOARDING_NOTIFY_URL: 'hidden',
      ONBOARDING_NOTIFY_SECRETS: 'hidden',
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: 'hidden',
    },
    ['ONBOARDING_NOTIFY_ALLOW_PRIVATE', 'ONBOARDING_NOTIFY_SECRETS', 'ONBOARDING_NOTIFY_URL'],
  ],
])('%s is reported', (_what, notify, faults) => {
  expect(new Set(read(notify).faults)).toEqual(new Set(faults));
});

test('without TLS if private addresses are allowed', () => {
  const set = {
    ONBOARDING_NOTIFY_URL: 'http://127.0.0.1:9999/',
    ONBOARDING_NOTIFY_SECRETS: SECRET,
    ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
  };
  expect(read(set).receiver).toMatchObject({ privateTargets: 'allowed' });
});

test('only onboardings under a policy with notifications notify the partner', () => {
  const started = (notify: Environment) => policyOf(readEnvironment(POLICY_VARIABLES, notify));
  expect(started({}).notify).toBe(false);
  expect(started({ ONBOARDING_NOTIFY_URL: URL }).notify).toBe(true);
});
