import type { Account } from '../../workflows/contract/index.ts';
import { NOTHING_DONE } from '../support/accounts.ts';

type Flags = Omit<Account, 'id' | 'customRef' | 'siret'>;

/** An account at AR24 as its holder and we change it. */
export class ModelAccount {
  readonly id: string;
  readonly customRef: string | undefined;
  flags: Flags;
  isAttached: boolean;

  /**
   * @param customRef of an account that we created: its holder has confirmed and accepted nothing
   * yet
   */
  constructor(id: string, customRef?: string) {
    const byHolder = customRef === undefined ? 'yes' : 'no';
    this.id = id;
    this.customRef = customRef;
    this.isAttached = customRef !== undefined;
    this.flags = {
      ...NOTHING_DONE,
      email: byHolder,
      terms: byHolder,
      profile: 'yes',
    };
  }

  attach(to: 'ours' | 'not ours'): void {
    this.isAttached = to === 'ours';
  }

  settle(...what: readonly (keyof Flags)[]): void {
    this.flags = { ...this.flags, ...Object.fromEntries(what.map((flag) => [flag, 'yes'])) };
  }

  undo(what: keyof Flags): void {
    this.flags = { ...this.flags, [what]: 'no' };
  }

  shown(): Account {
    const { id, flags, customRef } = this;
    return { id, ...flags, ...(customRef !== undefined && { customRef }) };
  }
}
