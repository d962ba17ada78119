/** The askings: by mail, after a look where what AR24 shows decides whether they are needed. */
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import type {
  AskAccountInput,
  AskResult,
  RequestAccessInput,
} from '../workflows/contract/index.ts';
import type { Deps } from './attempt.ts';
import { sameSighting, sightingOf } from './look.ts';
import { askedByMail } from './mailing.ts';
import type { ActivitySettings } from './settings.ts';
import { attemptedWrite, type WriteAttempt } from './write-attempt.ts';

const UNNEEDED = { kind: 'unneeded' } as const;
const UNANSWERED = { kind: 'unanswered', answersLost: 1, problem: 'unreachable' } as const;

/** An account already attached to us needs no asking, so AR24 is read first (docs/ar24-api.md 5). */
export function requestAccess(
  deps: Deps,
  settings: ActivitySettings,
  { email, patienceMs }: RequestAccessInput,
): Promise<AskResult> {
  return attemptedWrite(deps, patienceMs, async (attempt) => {
    const sighting = await sightingOf(attempt, { by: 'email', email }, settings);
    if (sighting.kind === 'attached') {
      const { lostBefore } = attempt;
      return lostBefore > 0 ? acceptedUnheard(lostBefore) : { sighting, asked: UNNEEDED };
    }
    const asked = await askedByMail(attempt, (ar24, options) =>
      ar24.requestAccess({ email }, options).then(() => undefined),
    );
    return { sighting, asked };
  });
}

/**
 * An earlier try saw no access and asked; nobody heard AR24's answer, and the holder has accepted since. What
 * that try saw is told: that access came by our asking is what proves whose the account is.
 */
function acceptedUnheard(answersLost: number): AskResult {
  const sighting = { kind: 'unavailable' } as const;
  return { sighting, asked: { ...UNANSWERED, answersLost } };
}

/** docs/ar24-api.md 6 */
export function requestTerms(
  deps: Deps,
  settings: ActivitySettings,
  input: AskAccountInput,
): Promise<AskResult> {
  return askAccount(deps, settings, input, (attempt) =>
    askedByMail(attempt, (ar24, options) =>
      ar24.requestTerms(input.accountId, options).then(() => undefined),
    ),
  );
}

/** docs/ar24-api.md 7.1 */
export function requestPayment(
  deps: Deps,
  settings: ActivitySettings,
  input: AskAccountInput,
): Promise<AskResult> {
  const link = settings.paymentRequest === 'link';
  return askAccount(deps, settings, input, (attempt) =>
    askedByMail(attempt, (ar24, options) =>
      ar24.requestPayment(input.accountId, { link }, options),
    ),
  );
}

function askAccount(
  deps: Deps,
  settings: ActivitySettings,
  { accountId, unlessChangedFrom, patienceMs }: AskAccountInput,
  ask: (attempt: WriteAttempt) => Promise<AskResult['asked']>,
): Promise<AskResult> {
  return attemptedWrite(deps, patienceMs, async (attempt) => {
    const sighting = unlessChangedFrom
      ? await sightingOf(attempt, { by: 'id', id: accountId }, settings)
      : null;
    if (sighting && !sameSighting(sighting, unlessChangedFrom)) {
      return { sighting, asked: UNNEEDED };
    }
    return { sighting, asked: await ask(attempt) };
  });
}

/**
 * Paid, and a paper letter: made once, never repeated. Any end that leaves it open whether AR24
 * took the order is `unanswered`, which the operator judges (docs/ar24-api.md 7.2).
 */
export function orderIdentity(
  deps: Deps,
  settings: ActivitySettings,
  input: AskAccountInput,
): Promise<AskResult> {
  return askAccount(deps, settings, { ...input, patienceMs: 0 }, (attempt) =>
    orderedOnce(attempt, input.accountId),
  );
}

async function orderedOnce(attempt: WriteAttempt, accountId: string): Promise<AskResult['asked']> {
  const send = (ar24: Ar24Client, options: CallOptions) => ar24.orderIdentity(accountId, options);
  // Temporal's operators can have it tried again.
  if (attempt.mayHaveSentBefore) return UNANSWERED;
  try {
    await attempt.send(send);
    return { kind: 'taken', answersLost: 0 };
  } catch (error) {
    if (isAr24Error(error) && error.kind === 'refused')
      return { kind: 'refused', slug: error.slug };
    if (attempt.answersLost() > 0) return UNANSWERED;
    throw error;
  }
}
