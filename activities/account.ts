import type { Ar24User } from '../ar24/index.ts';
import type { Account } from '../workflows/contract/index.ts';
import type { ActivitySettings } from './settings.ts';

/** What of an AR24 user decides an onboarding. No key is left undefined: these are compared. */
export function accountOf(
  user: Ar24User,
  { termsProof }: Pick<ActivitySettings, 'termsProof'>,
): Account {
  return {
    id: user.id,
    email: user.confirmed,
    terms: user.cgu,
    profile: user.name,
    payment: user.paymentActive,
    identity: user.identityVerified,
    ...(user.customRef !== undefined && { customRef: user.customRef }),
    ...(user.companySiret !== undefined && { siret: user.companySiret }),
    termsByClaim: termsProof === 'claim',
  };
}
