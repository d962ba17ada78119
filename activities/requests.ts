/**
 * The requests. Most have AR24 mail somebody. A try throws only if nothing was sent, and only then does Temporal retry.
 * If a try may have sent the request, its result is `unconfirmed`.
 */
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import type {
  AccountRequestInput,
  AccountSnapshot,
  OrderInput,
  OrderResult,
  RequestAccessInput,
  RequestResult,
} from '../workflows/contract/index.ts';
import { attempted, thisAttempt, type Attempt } from './attempt.ts';
import type { Deps } from './deps.ts';
import { formFieldOf, problemKindOf } from './failure.ts';
import { isSameSnapshot, readSnapshot } from './read-account.ts';

const NOT_NEEDED = { kind: 'not-needed' } as const;

type Answer = RequestResult['answer'];
type Send = (
  ar24: Ar24Client,
  options: CallOptions,
) => Promise<{ readonly link?: string } | undefined>;

/** An account that is attached already needs no request (docs/ar24-api.md 5). */
export function requestAccess(deps: Deps, input: RequestAccessInput): Promise<RequestResult> {
  const { email, readFirst, unlessChangedFrom, retryBudgetMs } = input;
  return attempted(deps, retryBudgetMs, async (attempt) => {
    // Between two tries AR24 may have changed.
    const snapshot =
      readFirst || attempt.number > 1 ? await readSnapshot(attempt, { by: 'email', email }) : null;
    if (snapshot?.kind === 'attached' || isChanged(snapshot, unlessChangedFrom)) {
      return { snapshot, answer: NOT_NEEDED };
    }
    const answer = await answerTo(attempt, (ar24, options) =>
      ar24.requestAccess({ email }, options).then(() => undefined),
    );
    return { snapshot, answer };
  });
}

/** docs/ar24-api.md 6 */
export function requestTerms(deps: Deps, input: AccountRequestInput): Promise<RequestResult> {
  return requestForAccount(deps, input, (ar24, options) =>
    ar24.requestTerms(input.accountId, options).then(() => undefined),
  );
}

/** docs/ar24-api.md 7.1 */
export function requestPayment(deps: Deps, input: AccountRequestInput): Promise<RequestResult> {
  const link = deps.settings.paymentRequest === 'link';
  return requestForAccount(deps, input, (ar24, options) =>
    ar24.requestPayment(input.accountId, { link }, options),
  );
}

/**
 * Costs money, and AR24 sends a paper letter: ordered once, never repeated. If it is unknown whether AR24 accepted
 * the order, an operator decides (docs/ar24-api.md 7.2).
 */
export async function orderIdentity(deps: Deps, input: OrderInput): Promise<OrderResult> {
  // The workflow allows one try, but an operator of Temporal can have the activity tried again.
  if (thisAttempt(deps).number > 1) return { snapshot: null, answer: unconfirmedAnswer() };
  return attempted(deps, 0, async (attempt) => {
    const snapshot = await readIfExpected(attempt, input);
    if (isChanged(snapshot, input.unlessChangedFrom)) return { snapshot, answer: NOT_NEEDED };
    if (await mayBeForgotten(deps, input)) return { snapshot, answer: { kind: 'withheld' } };
    const answer = await answerTo(attempt, (ar24, options) =>
      ar24.orderIdentity(input.accountId, options).then(() => undefined),
    );
    return { snapshot, answer };
  });
}

/** Temporal's database was restored from a backup since the last time at which no order can have been placed yet. */
async function mayBeForgotten({ restoredAt }: Deps, { excludedAt }: OrderInput): Promise<boolean> {
  const restored = await restoredAt();
  if (restored === undefined) return false;
  const isExcluded = excludedAt !== null && excludedAt >= restored.getTime();
  return !isExcluded;
}

function requestForAccount(
  deps: Deps,
  input: AccountRequestInput,
  send: Send,
): Promise<RequestResult> {
  return attempted(deps, input.retryBudgetMs, async (attempt) => {
    const snapshot = await readIfExpected(attempt, input);
    if (isChanged(snapshot, input.unlessChangedFrom)) return { snapshot, answer: NOT_NEEDED };
    return { snapshot, answer: await answerTo(attempt, send) };
  });
}

async function readIfExpected(
  attempt: Attempt,
  { accountId, unlessChangedFrom }: AccountRequestInput,
): Promise<AccountSnapshot | null> {
  return unlessChangedFrom ? readSnapshot(attempt, { by: 'id', id: accountId }) : null;
}

function isChanged(
  snapshot: AccountSnapshot | null,
  from: AccountSnapshot | undefined,
): snapshot is AccountSnapshot {
  return snapshot !== null && from !== undefined && !isSameSnapshot(snapshot, from);
}

/** After a lost answer AR24 shows nothing to read back, so the plan decides whether to repeat the request. */
async function answerTo(attempt: Attempt, send: Send): Promise<Answer> {
  try {
    return { kind: 'sent', ...(await attempt.write(send)) };
  } catch (error) {
    if (isAr24Error(error) && error.kind === 'refused') {
      const { slug, field } = error;
      return { kind: 'refused', slug, ...(field !== undefined && { field: formFieldOf(field) }) };
    }
    if (attempt.unconfirmed) return unconfirmedAnswer(error);
    throw error;
  }
}

function unconfirmedAnswer(error?: unknown): Answer {
  const problem = isAr24Error(error) ? problemKindOf(error) : 'unreachable';
  return { kind: 'unconfirmed', problem };
}
