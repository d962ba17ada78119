/** The variables of a worker's version, for Temporal's Worker Versioning. */
import { expect, test } from '@jest/globals';
import type { EnvironmentFault } from '../../cli/environment/environment-error.ts';
import { workerSettings } from '../../cli/worker/settings.ts';
import { WRITTEN_KEYS } from '../support/encryption.ts';

const ENVIRONMENT = {
  AR24_BASE_URL: 'https://app.ar24.fr/api/',
  AR24_TOKEN: 'any',
  AR24_PRIVATE_KEY: 'any',
  ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
};

function read(more: Readonly<Record<string, string>>) {
  const faults: EnvironmentFault[] = [];
  const settings = workerSettings({ ...ENVIRONMENT, ...more }, faults);
  return { settings, faults };
}

const NAME = { TEMPORAL_DEPLOYMENT_NAME: 'sender-onboarding' };
const BUILD = { TEMPORAL_WORKER_BUILD_ID: '1.2.3' };
const PINNED = { TEMPORAL_VERSIONING_BEHAVIOR: 'pinned' };

test('by default a worker has no version', () => {
  const { settings, faults } = read({ TEMPORAL_DEPLOYMENT_NAME: ' ' });
  expect([settings?.version, faults]).toEqual([undefined, []]);
});

test.each([
  [{}, 'auto-upgrade'],
  [PINNED, 'pinned'],
])('a name and a build are a version: %j', (more, behavior) => {
  const { settings } = read({ ...NAME, ...BUILD, ...more });
  expect(settings?.version).toEqual({
    deploymentName: 'sender-onboarding',
    buildId: '1.2.3',
    behavior,
  });
});

test.each([
  [NAME, ['TEMPORAL_WORKER_BUILD_ID']],
  [BUILD, ['TEMPORAL_DEPLOYMENT_NAME']],
  [PINNED, ['TEMPORAL_DEPLOYMENT_NAME', 'TEMPORAL_WORKER_BUILD_ID']],
  [{ ...BUILD, TEMPORAL_DEPLOYMENT_NAME: 'with.dot' }, ['TEMPORAL_DEPLOYMENT_NAME']],
  [{ ...NAME, TEMPORAL_WORKER_BUILD_ID: '__1' }, ['TEMPORAL_WORKER_BUILD_ID']],
  [{ ...NAME, TEMPORAL_WORKER_BUILD_ID: 'a b' }, ['TEMPORAL_WORKER_BUILD_ID']],
  [{ ...NAME, ...BUILD, TEMPORAL_VERSIONING_BEHAVIOR: 'loose' }, ['TEMPORAL_VERSIONING_BEHAVIOR']],
])('%j is refused', (more, named) => {
  const { faults } = read(more);
  expect(faults.map(({ name }) => name)).toEqual(named);
});
