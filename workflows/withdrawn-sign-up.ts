/**
 * What stands in an onboarding's place where the sign-up was withdrawn before it began: its id keeps a
 * starting event that comes late from starting anything.
 */
import { setHandler } from '@temporalio/workflow';
import { withdrawnSignal, type Outcome, type Withdrawal } from './contract/index.ts';

/** @param withdrawal in any shape: whatever it says, and where it cannot be read, the place is kept, and ends */
export function withdrawnSignUp(withdrawal?: Partial<Withdrawal> | null): Promise<Outcome> {
  // It comes with the start, and with every repetition: the first word counts.
  setHandler(withdrawnSignal, () => undefined);
  return Promise.resolve({
    kind: 'cancelled',
    by: textOr('unknown', withdrawal?.by),
    reason: textOr('the sign-up was withdrawn', withdrawal?.reason),
    accessAsked: false,
    identityOrdered: false,
  });
}

function textOr(otherwise: string, value: unknown): string {
  return typeof value === 'string' ? value : otherwise;
}
