import type { Account } from '../../workflows/contract/index.ts';

type Flags = Omit<Account, 'id' | 'customRef' | 'siret' | 'termsByClaim'>;

/** An account at AR24 as its holder and we change it. */
export class ModelAccount {
  readonly id: string;
  readonly customRef: string | undefined;
  flags: Flags;
  isAttached: boolean;

  /** @param customRef of one that we created: its holder has confirmed and accepted nothing yet */
  constructor(id: string, customRef?: string) {
    const byHolder = customRef === undefined ? 'yes' : 'no';
    this.id = id;
    this.customRef = customRef;
    this.isAttached = customRef !== undefined;
    this.flags = {
      email: byHolder,
      terms: byHolder,
      profile: 'yes',
      payment: 'no',
      identity: 'no',
    };
  }

  attach(to: 'ours' | 'not ours'): void {
    this.isAttached = to === 'ours';
  }

  settle(...what: readonly (keyof Flags)[]): void {
    this.flags = { ...this.flags, ...Object.fromEntries(what.map((flag) => [flag, 'yes'])) };
  }

  shown(): Account {
    const { id, flags, customRef } = this;
    return { id, ...flags, ...(customRef !== undefined && { customRef }), termsByClaim: false };
  }
}
