/**
 * What stands in an onboarding's place where the sign-up was withdrawn before it began: its id keeps a
 * starting event that comes late from starting anything.
 */
import { setHandler } from '@temporalio/workflow';
import { withdrawnSignal, type Outcome, type Withdrawal } from './contract/index.ts';

export function withdrawnSignUp({ by, reason }: Withdrawal): Promise<Outcome> {
  // It comes with the start, and with every repetition: the first word counts.
  setHandler(withdrawnSignal, () => undefined);
  return Promise.resolve({
    kind: 'cancelled',
    by,
    reason,
    accessAsked: false,
    identityOrdered: false,
  });
}
