/** The environment variables of a drill's processes. */
import { expect, test } from '@jest/globals';
import { workerSettings } from '../../cli/worker/settings.ts';
import { POLICY_VARIABLES } from '../../cli/environment/policy-variables.ts';
import {
  commonEnvironment,
  gatewayEnvironment,
  workerEnvironment,
} from '../../drill/stage/environment.ts';

const PORTS = { simulator: 1, gateway: 2, health: 3 };

test('the worker gets short waits, and the gateway gets none', () => {
  const temporal = { address: '127.0.0.1:7233', namespace: 'default' };
  const worker = workerEnvironment({ poll: { firstS: 2, maxS: 4 } }, PORTS);
  const settings = workerSettings({ ...commonEnvironment(temporal, '/nowhere'), ...worker }, []);
  expect(settings?.policy).toMatchObject({
    poll: { firstSeconds: 2, maxSeconds: 4 },
    repair: { firstSeconds: 5, maxSeconds: 20 },
    reminderHours: { from: 0, to: 24 },
  });
  const names = Object.keys(gatewayEnvironment(PORTS));
  expect(names.filter((name) => name in POLICY_VARIABLES)).toEqual([]);
});
