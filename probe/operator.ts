/** The person who runs the probe, and who reads the mails of the test accounts. */
import type { Role } from './addresses.ts';

export const MAIL_KINDS = ['confirmation', 'terms', 'access', 'payment', 'letter'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export interface Operator {
  /** Counts what came to the address since the question before. Undefined: the person skipped it. */
  readonly count: (role: Role, kind: MailKind) => Promise<number | undefined>;
  /** The person acts, and then says so. */
  readonly act: (role: Role, instruction: string) => Promise<'done' | 'skipped'>;
}

/** Nobody is there: questions stay open. */
export const NOBODY: Operator = {
  count: () => Promise.resolve(undefined),
  act: () => Promise.resolve('skipped'),
};
