import type { FormWords } from './form-words.ts';

export const EN_FORM: FormWords = {
  title: 'Your details',
  intro: 'Everything is needed but what is marked as optional.',
  optional: '(optional)',
  field: {
    statut: { label: 'You sign up as' },
    gender: { label: 'Title' },
    firstname: { label: 'First name' },
    lastname: { label: 'Last name' },
    address1: { label: 'Address', hint: 'Number and street' },
    address2: { label: 'Address, continued' },
    zipcode: { label: 'Postcode' },
    city: { label: 'Town' },
    country: { label: 'Country' },
    company: { label: 'Name of the organisation' },
    company_siret: {
      label: 'SIRET number',
      hint: '14 digits. Businesses and public bodies in France need it.',
    },
    company_tva: {
      label: 'VAT number',
      hint: 'Businesses and public bodies in other countries of the European Union need it.',
    },
    is_legal_entity: { label: 'Send in the name of the organisation' },
    notif_billing: { label: 'Send me the invoices' },
    billing_email: { label: 'Another e-mail address for invoices' },
  },
  group: {
    person: { title: 'You' },
    address: { title: 'Your postal address' },
    organisation: {
      title: 'Your organisation',
      hint: 'Leave this empty if you sign up as an individual.',
    },
    invoices: { title: 'Invoices' },
  },
  gender: { F: 'Ms', M: 'Mr' },
  statut: {
    particulier: 'An individual',
    professionnel: 'A business',
    administration: 'A public body',
    association: 'A charity or an association',
  },
  choose: 'Choose',
  send: 'Send my details',
  sendAnyway: 'It is right: send it like this',
  faultsTitle: 'Please correct the following',
  warningsTitle: 'Please check the following',
  fault: {
    missing: (label) => `${label}: please fill this in`,
    'too-long': (label) => `${label}: this is too long, 200 characters are the most`,
    'one-line': (label) => `${label}: this holds a character that cannot be used`,
    wrong: (label) => `${label}: this does not look right`,
  },
  warning: {
    'siret-check':
      'The SIRET does not look right: it has 14 digits, the last of which is a check digit',
    'siret-wanted': 'AR24 usually wants a SIRET from businesses and public bodies in France',
    'vat-wanted':
      'AR24 usually wants a VAT number from businesses and public bodies in the European Union',
  },
  refusedTitle: 'AR24 did not accept your details',
  refusedIntro: 'For your protection we do not keep what you typed: please fill in the form again.',
  slug: {
    missing_firstname: 'First name: AR24 needs it',
    missing_lastname: 'Last name: AR24 needs it',
    missing_email: 'AR24 needs an e-mail address',
    missing_address: 'Address: AR24 needs it',
    missing_city: 'Town: AR24 needs it',
    missing_zipcode: 'Postcode: AR24 needs it',
    missing_country: 'Country: AR24 needs it',
    email_wrong_format: 'AR24 does not accept the e-mail address',
    error_country: 'Country: AR24 does not know it',
    error_gender: 'Title: AR24 does not accept it',
    missing_company_siret: 'SIRET number: AR24 needs it',
    missing_company_tva: 'VAT number: AR24 needs it',
    error_company_siret: 'SIRET number: AR24 finds no organisation with this number',
    user_already_exist: 'There is an AR24 account for your address already',
    user_not_created:
      'AR24 does not say what is wrong. Check every entry, the numbers of your organisation above all',
    user_unavailable: 'There is an AR24 account for your address already',
  },
  unknownSlug: 'AR24 does not accept this entry',
  undelivered:
    'Your details could not be passed on just now. Nothing is lost: please send them again in a few minutes.',
};
