/** Whole lives, drawn at random. */
import fc from 'fast-check';
import type { Policy } from '../../workflows/contract/index.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { anyHappening, type Happening, type InCall } from './happening.ts';
import { Life } from './life.ts';

interface Drawn {
  readonly request: object;
  readonly happenings: readonly (Happening | InCall)[];
}

const request = fc.record({
  emailVerified: fc.boolean(),
  registration: fc.option(fc.constant(registrationForm()), { nil: undefined }),
  require: fc.subarray(['payment', 'identity'] as const),
});

export const life = fc.record({ request, happenings: fc.array(anyHappening, { maxLength: 24 }) });

export function lived(drawn: Drawn, policy?: Policy): Life {
  const it = new Life(onboardingRequest(drawn.request), policy);
  for (const h of drawn.happenings) it.happens(h);
  return it;
}
