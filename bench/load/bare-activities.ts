/** The activities of the bare workflow: empty, or with the same calls to AR24 as the real ones. */
import { ApplicationFailure } from '@temporalio/common';
import type { Ar24Client } from '../../ar24/index.ts';
import { registrationForm } from '../../test/support/people.ts';

export interface BareActivities {
  look(email: string): Promise<void>;
  requestAccess(email: string): Promise<void>;
  /** @returns the account's identifier */
  createAccount(email: string): Promise<string>;
  requestTerms(accountId: string): Promise<void>;
  poll(email: string): Promise<void>;
}

const unchanged = () =>
  ApplicationFailure.create({ message: 'unchanged', nextRetryDelay: '10 minutes' });

/** @param requested called when the last request before the wait is sent to a person */
export function emptyActivities(requested: (email: string) => void): BareActivities {
  return {
    look: () => Promise.resolve(),
    requestAccess(email) {
      requested(email);
      return Promise.resolve();
    },
    createAccount: (email) => Promise.resolve(email),
    requestTerms(email) {
      requested(email);
      return Promise.resolve();
    },
    poll: () => Promise.reject(unchanged()),
  };
}

export function callingActivities(ar24: Ar24Client): BareActivities {
  const look = async (email: string): Promise<void> => {
    await ar24.readUser({ email }).catch(refused);
  };
  return {
    look,
    async requestAccess(email) {
      await look(email);
      await ar24.requestAccess({ email }).catch(refused);
    },
    async createAccount(email) {
      const [custom_ref = email] = email.split('@');
      return (await ar24.createUser({ ...registrationForm(), email, custom_ref })).id;
    },
    requestTerms: (accountId) => ar24.requestTerms(accountId).then(() => undefined),
    async poll(email) {
      await look(email);
      throw unchanged();
    },
  };
}

/** Ignores AR24's two refusals for an address without an account. */
function refused(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'Ar24RefusedError') throw error;
}
