/** Random simulations of a whole onboarding. */
import fc from 'fast-check';
import type { Policy } from '../../workflows/contract/index.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { anyLifeEvent, type LifeEvent, type InCall } from './life-event.ts';
import { Simulation } from './simulation.ts';

interface Scenario {
  readonly request: object;
  readonly lifeEvents: readonly (LifeEvent | InCall)[];
}

const request = fc.record({
  emailVerified: fc.boolean(),
  registration: fc.option(fc.constant(registrationForm()), { nil: undefined }),
  require: fc.subarray(['payment', 'identity'] as const),
});

export const scenario = fc.record({
  request,
  lifeEvents: fc.array(anyLifeEvent, { maxLength: 24 }),
});

export function simulate(drawn: Scenario, policy?: Policy): Simulation {
  const it = new Simulation(onboardingRequest(drawn.request), policy);
  for (const h of drawn.lifeEvents) it.apply(h);
  return it;
}
