/** The calls to AR24 that bring a sender forward. */
import type { Account, MailRequest, RegistrationForm, Target } from '../contract/index.ts';
import type { HeldAccount } from '../state/access.ts';
import { isRefusalClaimed } from '../state/claims.ts';
import { CALL_OF, isToRepeat } from '../state/requests.ts';
import {
  addressRefused,
  formUsable,
  identityOrder,
  isAboutOrder,
  notVisible,
  outstanding,
  questionOf,
} from '../state/requirements.ts';
import type { Sender } from '../state/sender.ts';
import type { CallStep } from './steps.ts';

/** How long a call is retried before its failure becomes a problem. */
const RETRY_BUDGET_MS = 15 * 60_000;

/** Within this time after a read a request need not read again. */
const JUST_READ_MS = 60_000;

/** Where AR24 is to be read: by id once it is known, since a holder may change their address. */
export function targetOf(s: Sender): Target {
  const { held } = s.access;
  return held ? { by: 'id', id: held.account.id } : { by: 'email', email: s.request.email };
}

/** The next call that brings the sender forward, before anybody has to be waited for. */
export function nextCall(s: Sender, now: number): CallStep | null {
  const question = questionOf(s);
  if (question && !isAboutOrder(question) && question !== 'not-visible') return null;
  const { access } = s;
  switch (access.kind) {
    case 'unknown':
      return addressRefused(s) ? null : firstAccess(s, now);
    case 'lost':
      return addressRefused(s) ? null : request(s, 'access');
    case 'no-account':
      return s.form && formUsable(s) ? createAccount(s, s.form) : null;
    case 'granted':
      return nextRequest(s, access.held);
    case 'requested':
      return isToRepeat(s, 'access') ? request(s, 'access') : null;
    case 'refused':
    case 'account-gone':
    case 'address-gone':
      return null;
  }
}

/**
 * The read is a step of its own. If a worker died during a read within the request, it would not be known what AR24
 * showed before the request, and so whether the holder granted access on it.
 */
function firstAccess(s: Sender, now: number): CallStep {
  const { lastRead } = s;
  if (lastRead === null) return readAccount(s);
  const isRepeated = s.requests.access !== undefined || s.problem !== null;
  return {
    do: CALL_OF.access,
    readFirst: isRepeated || now - lastRead.at > JUST_READ_MS,
    unlessChangedFrom: lastRead.snapshot,
    retryBudgetMs: retryBudget(s),
  };
}

function createAccount(s: Sender, form: RegistrationForm): CallStep {
  return {
    do: 'create-account',
    form,
    readBack: s.creation.unconfirmed,
    retryBudgetMs: retryBudget(s),
  };
}

/** Terms and payment side by side; the identity, which costs money, when all else is there. */
function nextRequest(s: Sender, { account, via }: HeldAccount): CallStep | null {
  const open = outstanding(s);
  const hidden = notVisible(s);
  for (const what of ['terms', 'payment'] as const) {
    // Where the holder made the account, what AR24 does not show may be done: the operator decides first.
    if (hidden.includes(what) && via !== 'created') continue;
    if (open.includes(what) && (!s.requests[what] || isToRepeat(s, what))) return request(s, what);
  }
  const identityOnly = open.length === 1 && open[0] === 'identity';
  const isToOrder = identityOnly && hidden.length === 0 && !identityOrder(s);
  return isToOrder && !isAboutOrder(questionOf(s)) ? orderIdentity(s, account) : null;
}

function orderIdentity(s: Sender, account: Account): CallStep {
  const { excludedAt } = s.forgottenOrder;
  return { do: CALL_OF.identity, excludedAt, ...forAccount(s, account, true) };
}

/** @returns null where nobody can be asked, or the holder has refused: AR24 is read first */
export function request(s: Sender, what: MailRequest): CallStep | null {
  if (what === 'access') {
    if (isRefusalClaimed(s)) return null;
    return { do: CALL_OF.access, readFirst: true, retryBudgetMs: retryBudget(s) };
  }
  const { held } = s.access;
  if (!held) return null;
  const isRepeated = s.requests[what] !== undefined || s.problem !== null;
  return { do: CALL_OF[what], ...forAccount(s, held.account, isRepeated) };
}

/** @param readFirst nothing is sent if AR24 then shows anything else than is known */
function forAccount(s: Sender, account: Account, readFirst: boolean) {
  return {
    accountId: account.id,
    retryBudgetMs: retryBudget(s),
    unlessChangedFrom: readFirst ? ({ kind: 'attached', account } as const) : undefined,
  };
}

/** While there is a problem each call is tried once: the repair schedule repeats it. */
function retryBudget(s: Sender): number {
  return s.problem ? 0 : RETRY_BUDGET_MS;
}

export function readAccount(s: Sender): CallStep {
  return { do: 'read-account', target: targetOf(s), retryBudgetMs: retryBudget(s) };
}
