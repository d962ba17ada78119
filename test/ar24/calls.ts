/** Every call of the library, each with personal data that must not appear in errors. */
import type { Ar24Client, CallOptions, NewUser } from '../../ar24/index.ts';
import type { EndpointName } from '../../ar24/endpoints.ts';

export const EMAIL = 'jeanne.secrète+ar24@exemple.fr';

export const NEW_USER = {
  firstname: 'Jeanne-Aimée',
  lastname: 'Désormeaux & Fils',
  email: EMAIL,
  gender: 'F',
  statut: 'professionnel',
  address1: '12 rue de l’Église',
  address2: '',
  zipcode: '75011',
  city: 'Paris=Onze',
  country: 'FR',
  company: 'Crème + Brûlée',
  company_siret: '73282932000074',
  billing_email: 'factures-cachées@exemple.fr',
  custom_ref: 'ref-7712',
  cgu: '1',
} as const satisfies NewUser;

export const ID = 'id-990017';

export const CALLS: Readonly<
  Record<EndpointName, (client: Ar24Client, call?: CallOptions) => Promise<unknown>>
> = {
  createUser: (client, call) => client.createUser(NEW_USER, call),
  readUser: (client, call) => client.readUser({ email: EMAIL }, call),
  listUsers: (client, call) => client.listUsers({ pageSize: 5 }, call).next(),
  requestAccess: (client, call) => client.requestAccess({ email: EMAIL }, call),
  requestTerms: (client, call) => client.requestTerms(ID, call),
  requestPayment: (client, call) => client.requestPayment(ID, { link: true }, call),
  orderIdentity: (client, call) => client.orderIdentity(ID, call),
};

/** The error that a call throws; undefined if it throws none. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return error;
  }
}
