import {
  ACCOUNT_REQUIREMENTS,
  type Account,
  type AccountRequirement,
} from '../../workflows/contract/index.ts';

/** The flags of an account that satisfies no requirement. */
export const NOTHING_DONE = Object.fromEntries(
  ACCOUNT_REQUIREMENTS.map((name) => [name, 'no']),
) as Pick<Account, AccountRequirement>;
