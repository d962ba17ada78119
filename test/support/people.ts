/** Senders for tests: valid, invented, and recognisable wherever they might leak. */
import type { OnboardingRequest, RegistrationForm } from '../../workflows/contract/index.ts';

export function registrationForm(fields: Partial<RegistrationForm> = {}): RegistrationForm {
  return {
    firstname: 'Zoé',
    lastname: 'Brûlé-Martin',
    gender: 'F',
    statut: 'professionnel',
    address1: '12 rue des Lilas',
    zipcode: '01000',
    city: 'Bourg-en-Bresse',
    country: 'FR',
    company: 'Ateliers Brûlé & Fils',
    company_siret: '73282932000074',
    ...fields,
  };
}

export function onboardingRequest(fields: Partial<OnboardingRequest> = {}): OnboardingRequest {
  return {
    reference: 'customer-42',
    email: 'zoe.brule@example.org',
    emailVerified: false,
    language: 'fr',
    require: [],
    ...fields,
  };
}
