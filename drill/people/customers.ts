/** The customers that sign up, drawn by the seed, and the expected result for each. */
import { seededRandom } from '../../simulator/faults/fault-draws.ts';

/**
 * `created`: has no account, sends the form, confirms the address and accepts the terms. `attached`: has an
 * account and grants access. `refused`: has an account and refuses access.
 */
export type CustomerPath = 'created' | 'attached' | 'refused';

export interface Customer {
  readonly reference: string;
  readonly email: string;
  readonly path: CustomerPath;
  /** Has to prove their identity, by the paid letter. */
  readonly identity?: true;
}

/** The expected status, and the number of mails and new accounts if no answer is lost. */
export const DUE = {
  created: { status: 'ready', mails: 2, accounts: 1 },
  attached: { status: 'ready', mails: 1, accounts: 0 },
  refused: { status: 'refused', mails: 1, accounts: 0 },
} as const satisfies Record<CustomerPath, unknown>;

/** In tenths of all customers. */
const SHARES = { attached: 3, refused: 1 } as const;

export function customersOf(count: number, seed: number): readonly Customer[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const drawn = random() * 10;
    return customer(n, pathOf(drawn));
  });
}

/** Customers on one path only. */
export function customersOn(path: CustomerPath, count: number): readonly Customer[] {
  return Array.from({ length: count }, (_, n) => customer(n, path));
}

function customer(n: number, path: CustomerPath): Customer {
  const reference = `customer-${String(n + 1).padStart(5, '0')}`;
  return { reference, email: `${reference}@example.org`, path };
}

function pathOf(drawn: number): CustomerPath {
  if (drawn < SHARES.refused) return 'refused';
  return drawn < SHARES.refused + SHARES.attached ? 'attached' : 'created';
}
