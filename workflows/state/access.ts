/** Whether the partner may act for the sender's account. Each state holds only what can be known in it. */
import type { Account } from '../contract/index.ts';

/** The account as AR24 last showed it to us. */
export interface HeldAccount {
  readonly account: Account;
  /** How access to it was first obtained. */
  readonly via: 'found' | 'attached' | 'created';
}

export type Access =
  /** AR24 is to be read, and access to be requested. */
  | { readonly kind: 'unknown'; readonly held: null }
  /** AR24 has no account for the address: it can be created from the form. */
  | { readonly kind: 'no-account'; readonly held: null }
  /** The holder was asked. `held`: the account to which access was lost before. */
  | { readonly kind: 'requested'; readonly held: HeldAccount | null }
  | { readonly kind: 'refused'; readonly held: HeldAccount | null }
  | {
      readonly kind: 'granted';
      readonly held: HeldAccount;
      /** Whether other references requested access for this address or hold this account. */
      readonly otherRequesters: 'unknown' | 'none' | 'some';
    }
  /** The holder withdrew access: it is requested again. */
  | { readonly kind: 'lost'; readonly held: HeldAccount }
  /** The account does not exist any more. `before`: the state to return to if AR24 shows it again. */
  | {
      readonly kind: 'account-gone';
      readonly held: HeldAccount;
      readonly before: 'granted' | 'lost' | 'requested';
    }
  /** Access was withdrawn, and AR24 no longer knows the address: access cannot be requested. */
  | {
      readonly kind: 'address-gone';
      readonly held: HeldAccount;
      readonly before: 'lost' | 'requested';
    };

/** Also while the account or its address is gone. */
export function isRequested(access: Access): boolean {
  return access.kind === 'requested' || ('before' in access && access.before === 'requested');
}

/** AR24 accepted a request for access to an existing account, or may have. */
export function accessWasRequested({ access }: { readonly access: Access }): boolean {
  return isRequested(access) || access.kind === 'refused' || access.held?.via === 'attached';
}

/** The holder was asked. They may have accepted or refused during a repeated request. */
export function asRequested(access: Access): Access {
  switch (access.kind) {
    case 'granted':
    case 'refused':
      return access;
    case 'account-gone':
    case 'address-gone':
      return { ...access, before: 'requested' };
    case 'unknown':
    case 'no-account':
    case 'requested':
    case 'lost':
      return { kind: 'requested', held: access.held };
  }
}

/** AR24 refused a request because it does not know the address of an account that exists. */
export function asAddressGone(access: Access): Access {
  switch (access.kind) {
    case 'lost':
    case 'requested':
      return access.held
        ? { kind: 'address-gone', held: access.held, before: access.kind }
        : access;
    case 'unknown':
    case 'no-account':
    case 'refused':
    case 'granted':
    case 'account-gone':
    case 'address-gone':
      return access;
  }
}
