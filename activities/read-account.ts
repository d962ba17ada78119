import { isDeepStrictEqual } from 'node:util';
import type {
  Account,
  AccountSnapshot,
  ReadAccountInput,
  Target,
} from '../workflows/contract/index.ts';
import { isAr24Error, type Ar24User } from '../ar24/index.ts';
import { attempted, type Attempt } from './attempt.ts';
import type { Deps } from './deps.ts';

export function readAccount(
  deps: Deps,
  { target, retryBudgetMs, withinMs }: ReadAccountInput,
): Promise<AccountSnapshot> {
  return attempted(deps, retryBudgetMs, (attempt) => readSnapshot(attempt, target), withinMs);
}

/** Reads AR24. For an account that is not attached, AR24 has two refusals (docs/ar24-api.md 4.1). */
export async function readSnapshot(attempt: Attempt, target: Target): Promise<AccountSnapshot> {
  const key = target.by === 'id' ? { id: target.id } : { email: target.email };
  try {
    const user = await attempt.call((ar24, options) => ar24.readUser(key, options));
    return { kind: 'attached', account: accountOf(user) };
  } catch (error) {
    const refused = isAr24Error(error) && error.kind === 'refused';
    if (refused && error.slug === 'user_not_exist') return { kind: 'absent' };
    if (refused && error.slug === 'user_unavailable') return { kind: 'unavailable' };
    throw error;
  }
}

/** The fields of an AR24 user that decide an onboarding. No key has the value undefined: snapshots are compared. */
export function accountOf(user: Ar24User): Account {
  return {
    id: user.id,
    email: user.confirmed,
    terms: user.cgu,
    profile: user.name,
    payment: user.paymentActive,
    identity: user.identityVerified,
    ...(user.customRef !== undefined && { customRef: user.customRef }),
    ...(user.companySiret !== undefined && { siret: user.companySiret }),
  };
}

/** Whether AR24 showed the same. */
export function isSameSnapshot(a: AccountSnapshot, b: AccountSnapshot | null | undefined): boolean {
  return isDeepStrictEqual(a, b);
}
