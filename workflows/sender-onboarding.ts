/**
 * One sender's onboarding: observe, plan, act, until there is an outcome.
 * What is known is in `state/`, what to do next in `plan/`, and how it is done in `run.ts`.
 */
import { ApplicationFailure } from '@temporalio/common';
import { CancellationScope } from '@temporalio/workflow';
import { START_REFUSED, type Outcome } from './contract/index.ts';
import { plan } from './plan/plan.ts';
import type { OnboardingInput } from './input.ts';
import { Run } from './run.ts';
import { invalidStart } from './shapes.ts';
import { refuseUnreadable } from './unreadable.ts';

export async function senderOnboarding(input: OnboardingInput): Promise<Outcome> {
  refuseUnreadable(input);
  // A start by hand that makes no sense ends at once, instead of failing its task for ever.
  const invalid = invalidStart(input);
  if (invalid !== null) throw ApplicationFailure.nonRetryable(invalid, START_REFUSED);
  const run = new Run(input);
  // A cancellation is an event like any other: the outcome is still reported.
  return CancellationScope.nonCancellable(() => onboard(run));
}

async function onboard(run: Run): Promise<Outcome> {
  for (;;) {
    const step = plan(run.sender, Date.now());
    // Checked before every step, or a sender that only makes calls would never continue as new.
    if (step.do !== 'finish' && run.isToContinueAsNew) return run.continueAsNew();
    switch (step.do) {
      case 'read-policy':
        await run.readPolicy();
        break;
      case 'request-access':
      case 'create-account':
      case 'request-terms':
      case 'request-payment':
      case 'order-identity':
      case 'read-account':
        await run.call(step);
        break;
      case 'find-other-requesters':
        await run.findOtherRequesters(step);
        break;
      case 'remind-by-partner':
        run.remindByPartner();
        break;
      case 'collect-registration':
      case 'ask-operator':
      case 'wait-for-repair':
      case 'wait':
        await run.waitForChange();
        break;
      case 'finish':
        return run.finish(step.outcome);
    }
  }
}
