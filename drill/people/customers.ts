/** Who signs up, drawn by the seed: what each finds at AR24, and what has to come of it. */
import { seededRandom } from '../../simulator/faults/seeded-random.ts';

/**
 * `created`: has no account, brings the form, confirms the address and accepts the terms. `attached`: has
 * an account and lets the partner in. `refused`: has one and does not.
 */
export type Path = 'created' | 'attached' | 'refused';

export interface Customer {
  readonly reference: string;
  readonly email: string;
  readonly path: Path;
}

/** How it has to end, and how many mails that takes: no more are needed where no answer is lost. */
export const DUE = {
  created: { status: 'ready', mails: 2, accounts: 1 },
  attached: { status: 'ready', mails: 1, accounts: 0 },
  refused: { status: 'refused', mails: 1, accounts: 0 },
} as const satisfies Record<Path, unknown>;

/** Of ten. */
const SHARES = { attached: 3, refused: 1 } as const;

export function customersOf(count: number, seed: number): readonly Customer[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const drawn = random() * 10;
    return customer(n, pathOf(drawn));
  });
}

/** All of one kind. */
export function customersOn(path: Path, count: number): readonly Customer[] {
  return Array.from({ length: count }, (_, n) => customer(n, path));
}

function customer(n: number, path: Path): Customer {
  const reference = `customer-${String(n + 1).padStart(5, '0')}`;
  return { reference, email: `${reference}@example.org`, path };
}

function pathOf(drawn: number): Path {
  if (drawn < SHARES.refused) return 'refused';
  return drawn < SHARES.refused + SHARES.attached ? 'attached' : 'created';
}
