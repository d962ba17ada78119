/**
 * Creates the account, never twice: AR24 knows no idempotency key, so whenever an earlier try may
 * have got through, AR24 is read first, and our own reference in `custom_ref` tells the account.
 */
import { isAr24Error, type NewUser } from '../ar24/index.ts';
import type {
  CreateAccountInput,
  CreateAccountResult,
  Sighting,
} from '../workflows/contract/index.ts';
import { accountOf } from './account.ts';
import type { Attempt, Deps } from './attempt.ts';
import { formFieldOf } from './form-field.ts';
import { sightingOf } from './look.ts';
import type { ActivitySettings } from './settings.ts';
import { attemptedWrite, type WriteAttempt } from './write-attempt.ts';

export function createAccount(
  deps: Deps,
  settings: ActivitySettings,
  input: CreateAccountInput,
): Promise<CreateAccountResult> {
  return attemptedWrite(deps, input.patienceMs, async (attempt) => {
    if (input.readBack || attempt.number > 1) {
      const earlier = await readBack(attempt, settings, input);
      if (earlier) return earlier;
    }
    return create(attempt, settings, input);
  });
}

/** What an earlier try made, or null if AR24 has no account for the address. */
async function readBack(
  attempt: Attempt,
  settings: ActivitySettings,
  { request }: CreateAccountInput,
): Promise<CreateAccountResult | null> {
  const target = { by: 'email', email: request.email } as const;
  const sighting: Sighting = await sightingOf(attempt, target, settings);
  switch (sighting.kind) {
    case 'absent':
      return null;
    case 'unavailable':
      return { kind: 'exists' };
    case 'attached':
      return sighting.account.customRef === request.reference
        ? created(settings, sighting.account)
        : { kind: 'exists' };
  }
}

async function create(
  attempt: WriteAttempt,
  settings: ActivitySettings,
  input: CreateAccountInput,
): Promise<CreateAccountResult> {
  try {
    const user = await attempt.send((ar24, options) =>
      ar24.createUser(newUserOf(settings, input), options),
    );
    return created(settings, accountOf(user, settings));
  } catch (error) {
    if (!isAr24Error(error) || error.kind !== 'refused') throw error;
    return refused(error.slug, error.field);
  }
}

function created(
  { termsMail }: ActivitySettings,
  account: Extract<CreateAccountResult, { kind: 'created' }>['account'],
): CreateAccountResult {
  return { kind: 'created', account, termsMailed: termsMail === 'automatic' };
}

/** docs/ar24-api.md 3.3; both slugs of a taken address are seen in the wild. */
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

/** `cgu` and `confirmed` come from the partner's settings and evidence, never from the form. */
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
