/** ONBOARDING_NOTIFY_*: what is wrong is told together, and no value of it. */
import { expect, test } from '@jest/globals';
import { CLIENT_VARIABLES } from '../../cli/environment/client-variables.ts';
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
  const told = faults.map(({ name, message }) => `${name} ${message}`);
  expect(told.join()).not.toMatch(/hidden/);
  return { receiver: settings?.notify, faults: faults.map(({ name }) => name), told };
}

test('nothing set: nobody is told', () => {
  expect(read({})).toEqual({ receiver: undefined, faults: [], told: [] });
});

test('an address and secrets, of which each signs', () => {
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
    'a secret too short, one that is none, and no TLS',
    {
      ONBOARDING_NOTIFY_URL: 'http://hidden.example.org',
      ONBOARDING_NOTIFY_SECRETS: 'whsec_aGlkZGVu,hidden',
    },
    ['ONBOARDING_NOTIFY_SECRETS', 'ONBOARDING_NOTIFY_URL'],
  ],
  [
    'nothing right',
    {
      ONBOARDING_NOTIFY_URL: 'hidden',
      ONBOARDING_NOTIFY_SECRETS: 'hidden',
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: 'hidden',
    },
    ['ONBOARDING_NOTIFY_ALLOW_PRIVATE', 'ONBOARDING_NOTIFY_SECRETS', 'ONBOARDING_NOTIFY_URL'],
  ],
])('%s is told', (_what, notify, faults) => {
  expect(new Set(read(notify).faults)).toEqual(new Set(faults));
});

test('without TLS where private addresses are allowed', () => {
  const set = {
    ONBOARDING_NOTIFY_URL: 'http://127.0.0.1:9999/',
    ONBOARDING_NOTIFY_SECRETS: SECRET,
    ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
  };
  expect(read(set).receiver).toMatchObject({ privateTargets: 'allowed' });
});

test('onboardings started where an address is set are told of, and no others', () => {
  const started = (notify: Environment) => policyOf(readEnvironment(CLIENT_VARIABLES, notify));
  expect(started({})).not.toHaveProperty('notify');
  expect(started({ ONBOARDING_NOTIFY_URL: URL }).notify).toBe(true);
});
