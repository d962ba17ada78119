import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { nextDemoSender } from '../../cli/up/demo.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 });
});

afterEach(async () => {
  await simulator.stop();
});

test('the first start proposes Jeanne, who gets an account', () => {
  expect(nextDemoSender(simulator)).toEqual({ reference: 'demo', email: 'jeanne@example.org' });
  expect(simulator.accounts()).toMatchObject([{ email: 'jeanne@example.org', access: 'none' }]);
});

test('an account with the address in other case is used as it is', () => {
  simulator.createAccount({ email: 'Jeanne@example.org', attached: true });
  simulator.createAccount({ email: 'Karim@Example.org' });
  expect(nextDemoSender(simulator)).toEqual({ reference: 'demo-2', email: 'Karim@Example.org' });
  expect(simulator.accounts()).toHaveLength(2);
});
