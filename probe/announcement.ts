/** What a step may do at AR24. It is shown before the step runs, and a call beyond it is not sent. */
import type { Role } from './addresses.ts';

export const WRITES = [
  'POST /user',
  'POST /user/request_access',
  'POST /user/request_cgu',
  'POST /user/payment_request',
  'POST /user/identity',
] as const;
export type Write = (typeof WRITES)[number];

export interface Announcement {
  readonly call: Write;
  readonly role: Role;
  /** How often the call is made at most. */
  readonly times: number;
  /** How many accounts all these calls create at most. */
  readonly accounts: number;
  /** How many mails AR24 sends to this role at most, because of all these calls. */
  readonly mails: number;
  /** How many paper letters at most. Each costs money. */
  readonly letters?: number;
  /** Completes the sentence "It …". */
  readonly does: string;
}

/** A bug in a step: it tried what it had not announced. Nothing was sent. */
export class UnannouncedError extends Error {
  override readonly name = 'UnannouncedError';

  constructor(step: string, call: Write, role: Role) {
    super(`the step ${step} did not announce this call, so it was not sent: ${call} for ${role}`);
  }
}

/** Counts the writes of one step against its announcements. */
export class Budget {
  readonly #step: string;
  readonly #left: Map<string, number>;

  constructor(step: string, announcements: readonly Announcement[]) {
    this.#step = step;
    this.#left = new Map();
    for (const { call, role, times } of announcements) {
      const key = `${call} ${role}`;
      this.#left.set(key, (this.#left.get(key) ?? 0) + times);
    }
  }

  /** @throws UnannouncedError */
  spend(call: Write, role: Role): void {
    const key = `${call} ${role}`;
    const left = this.#left.get(key) ?? 0;
    if (left <= 0) throw new UnannouncedError(this.#step, call, role);
    this.#left.set(key, left - 1);
  }
}

/** One sentence an announcement. */
export function announcementLines(announcements: readonly Announcement[]): readonly string[] {
  return announcements.map(({ call, role, times, accounts, mails, letters = 0, does }) => {
    const most = [
      accounts === 0 ? 'no account' : count(accounts, 'account'),
      mails === 0 ? 'no mail' : count(mails, 'mail'),
      letters === 0 ? 'no cost' : `${count(letters, 'paper letter')}, each of which COSTS MONEY`,
    ];
    return `${call} for ${role}, ${times === 1 ? 'once' : `${times} times`}: ${does}; at most ${most.join(', ')}`;
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
