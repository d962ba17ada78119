import { expect, test } from '@jest/globals';
import { aReference, anAddress } from '../client/onboardings.ts';
import { answering, denyingGateway } from '../doctor/denying-gateway.ts';
import { useRunningSystem } from './running-system.ts';

const system = useRunningSystem();
const INVALID_ARGUMENT = 3;

test('for an unexpected answer, the code is printed and nothing of its message', async () => {
  const refuse = answering(INVALID_ARGUMENT, 'cannot take zoe@example.org');
  const { address } = system.testEnv.server;
  const gateway = await denyingGateway(address, ['StartWorkflowExecution'], refuse);
  const args = ['start', aReference(), '--email', anAddress()];
  const started = await system.onboard(args, { env: { TEMPORAL_ADDRESS: gateway.address } });
  await gateway.close();
  expect(started).toMatchObject({ code: 1, out: '' });
  expect(started.err).toContain('Temporal answered INVALID_ARGUMENT');
  expect(started.err).not.toContain('zoe');
});
