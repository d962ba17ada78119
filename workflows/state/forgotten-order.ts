/**
 * A paid order that Temporal has forgotten, because its database was restored from a backup. AR24 does not show orders. So
 * a worker withholds an order, and the operator decides, unless AR24 showed after the restore that none can have been placed.
 */
import { ACCOUNT_REQUIREMENTS, type AccountSnapshot } from '../contract/index.ts';
import { isRequired } from './requirements.ts';
import type { Sender } from './sender.ts';

/**
 * Remembers a read that showed that no order can have been placed before.
 *
 * @param at when the read began (ms since the epoch)
 */
export function withOrderExcluded(s: Sender, snapshot: AccountSnapshot, at: number): Sender {
  if (!excludesOrder(s, snapshot)) return s;
  return { ...s, forgottenOrder: { ...s.forgottenOrder, excludedAt: at } };
}

/**
 * The identity is ordered last: not while the partner may not act for the account, and not while AR24 shows that something
 * else is not done. No override counts against that, and no claim but one of the terms, where the policy lets it.
 */
function excludesOrder(s: Sender, snapshot: AccountSnapshot): boolean {
  if (snapshot.kind !== 'attached') return true;
  const { account } = snapshot;
  return ACCOUNT_REQUIREMENTS.some((what) => {
    if (what === 'identity' || (what === 'terms' && s.policy.termsProof === 'claim')) return false;
    return isRequired(s, what) && account[what] === 'no';
  });
}

/** A worker withheld the order: it may have been placed before. */
export function withOrderSuspected(s: Sender): Sender {
  const suspectedFor = s.access.held?.account.id ?? null;
  return { ...s, forgottenOrder: { ...s.forgottenOrder, suspectedFor } };
}

/** An operator says that none was placed: it may be ordered. */
export function withOrderAllowed(s: Sender, at: number): Sender {
  return { ...s, forgottenOrder: { excludedAt: at, suspectedFor: null } };
}
