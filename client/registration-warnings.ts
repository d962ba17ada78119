import type { RegistrationForm } from '../workflows/contract/index.ts';

/** France and its overseas territories, where AR24 wants a SIRET (docs/ar24-api.md 3.1). */
const FRENCH = new Set('FR GF GP MQ RE YT BL MF PM WF PF NC TF'.split(' '));

/**
 * What AR24 will probably refuse in a form that has the right shape. Not refused here, since AR24's
 * rules are AR24's, and it says itself which field is at fault.
 */
export function registrationWarnings(form: RegistrationForm): readonly string[] {
  const isOrganisation = form.statut === 'professionnel' || form.statut === 'administration';
  const wantsSiret = isOrganisation && FRENCH.has(form.country);
  if (!wantsSiret || form.company_siret !== undefined) return [];
  return [`registration.company_siret: AR24 wants one of every ${form.statut} in ${form.country}`];
}
