/**
 * Creates the account, never twice. AR24 has no idempotency key. So if an earlier try may have created the account,
 * AR24 is read first, and our own reference in `custom_ref` identifies the account.
 */
import { isAr24Error, type Ar24User, type NewUser } from '../ar24/index.ts';
import type {
  Account,
  CreateAccountInput,
  CreateAccountResult,
  AccountSnapshot,
} from '../workflows/contract/index.ts';
import { attempted, type Attempt } from './attempt.ts';
import type { ActivitySettings, Deps } from './deps.ts';
import { formFieldOf } from './failure.ts';
import { accountOf, readSnapshot } from './read-account.ts';

export function createAccount(deps: Deps, input: CreateAccountInput): Promise<CreateAccountResult> {
  const { settings } = deps;
  return attempted(deps, input.retryBudgetMs, async (attempt) => {
    attempt.unconfirmed = attempt.number > 1;
    if (input.readBack || attempt.unconfirmed) {
      const earlier = await readBack(attempt, settings, input);
      if (earlier) return earlier;
      attempt.unconfirmed = false;
    }
    const { request, despiteOtherSpelling } = input;
    for (const email of despiteOtherSpelling ? [] : deps.ar24.otherSpellings(request.email)) {
      const snapshot = await readSnapshot(attempt, { by: 'email', email });
      if (snapshot.kind !== 'absent') return { kind: 'other-spelling' };
    }
    return create(attempt, settings, input);
  });
}

/** The result of an earlier try, or null if AR24 has no account for the address. */
async function readBack(
  attempt: Attempt,
  settings: ActivitySettings,
  { request }: CreateAccountInput,
): Promise<CreateAccountResult | null> {
  const target = { by: 'email', email: request.email } as const;
  const snapshot: AccountSnapshot = await readSnapshot(attempt, target);
  switch (snapshot.kind) {
    case 'absent':
      return null;
    case 'unavailable':
      return { kind: 'exists' };
    case 'attached':
      return snapshot.account.customRef === request.reference
        ? created(settings, snapshot.account)
        : { kind: 'exists' };
  }
}

async function create(
  attempt: Attempt,
  settings: ActivitySettings,
  input: CreateAccountInput,
): Promise<CreateAccountResult> {
  let user: Ar24User;
  try {
    user = await attempt.write((ar24, options) =>
      ar24.createUser(newUserOf(settings, input), options),
    );
  } catch (error) {
    if (!isAr24Error(error) || error.kind !== 'refused') throw error;
    return refused(error.slug, error.field);
  }
  return created(settings, await accountShown(attempt, settings, input, user));
}

/** AR24 promises only the id in its answer (docs/ar24-api.md 3.2). If the rest is missing, it is read. */
async function accountShown(
  attempt: Attempt,
  settings: ActivitySettings,
  { request: { email } }: CreateAccountInput,
  user: Ar24User,
): Promise<Account> {
  const isWhole =
    user.email !== undefined && ![user.confirmed, user.cgu, user.name].includes('unseen');
  if (isWhole) return accountOf(user);
  // The account exists: a failure of this read must not say that nothing was created.
  attempt.unconfirmed = true;
  const { id } = user;
  const read = await attempt.call((ar24, options) => ar24.readUser({ id, email }, options));
  return accountOf(read);
}

function created({ termsMail }: ActivitySettings, account: Account): CreateAccountResult {
  return { kind: 'created', account, termsMailed: termsMail === 'automatic' };
}

/** docs/ar24-api.md 3.3. For an address that has an account, AR24 has been seen to answer either slug. */
function refused(slug: string, field: string | undefined): CreateAccountResult {
  switch (slug) {
    case 'user_already_exist':
    case 'user_unavailable':
      return { kind: 'exists' };
    case 'user_not_created':
      return { kind: 'not-created' };
    default:
      return { kind: 'field-refused', errors: [{ field: formFieldOf(field), slug }] };
  }
}

/** `cgu` and `confirmed` follow from the partner's settings and evidence, never from the form. */
function newUserOf(settings: ActivitySettings, { form, request }: CreateAccountInput): NewUser {
  const { email, reference, emailVerified, termsEvidence } = request;
  return {
    ...form,
    email,
    custom_ref: reference,
    ...(settings.preAcceptTerms && termsEvidence && { cgu: '1' }),
    ...(settings.preConfirmEmail && emailVerified && { confirmed: '1' }),
  };
}
