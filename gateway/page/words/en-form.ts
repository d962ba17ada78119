import type { FormWords, RuleWords } from './page-words.ts';

const pasted = (label: string) =>
  `${label}: this was copied with a mistake of a program: please type it`;
const letters = (label: string) =>
  `${label}: some letters are not readable: please type them again`;

const EN_RULES: RuleWords = {
  formula: pasted,
  'spreadsheet-error': pasted,
  'no-value': (label) => `${label}: please fill this in`,
  nothing: (label) => `${label}: is this really what you mean?`,
  'double-encoded': letters,
  'odd-letters': letters,
  'rare-capital': (label) => `${label}: please check the capital letters`,
  'country-unknown': (label) => `${label}: please choose one of the list`,
  'postcode-form': (label) => `${label}: a French postcode has 5 digits`,
  'postcode-zero': (label) => `${label}: a French postcode has 5 digits, the first may be a zero`,
  'postcode-corsica': (label) => `${label}: postcodes of Corsica have 5 digits and begin with 20`,
  'postcode-area': (label) => `${label}: this does not seem to be a postcode of the country`,
  'siret-siren': (label) =>
    `${label}: this has 9 digits and is your SIREN; a SIRET has 14, the SIREN being the first 9`,
  'siret-zeros': (label) => `${label}: it has 14 digits, the first of which may be zeros`,
  'siret-power': (label) => `${label}: its last digits are lost; it has 14`,
  'siret-decimals': (label) => `${label}: it has 14 digits and nothing else`,
  'siret-form': (label) => `${label}: it has 14 digits and nothing else`,
  'siret-key': (label) => `${label}: a digit is wrong, or two of them are exchanged`,
  'siret-wanted': () => 'AR24 usually wants a SIRET from businesses and public bodies in France',
  'vat-form': (label) => `${label}: this is not a VAT number, such as FR40303265045`,
  'vat-key': (label) => `${label}: a digit may be wrong, or two of them exchanged`,
  'vat-country': (label) => `${label}: it begins with the letters of another country`,
  'vat-siren': (label) => `${label}: it is not the one that belongs to the SIRET`,
  'vat-wanted': () =>
    'AR24 usually wants a VAT number from businesses and public bodies in the European Union',
};

export const EN_FORM: FormWords = {
  title: 'Your details',
  intro: 'Everything is required, except what is marked as optional.',
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
  rule: EN_RULES,
  refusedTitle: 'AR24 did not accept your details',
  refusedIntro: 'What you typed is no longer here: please fill in the form again.',
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
    user_unavailable: 'There is an AR24 account for your address already',
  },
  notCreated: {
    individual:
      'AR24 does not say what is wrong. Check every entry, your postcode and town above all',
    organisation:
      'AR24 does not say what is wrong. Check every entry, the numbers of your organisation and its postcode above all',
    unknown: 'AR24 does not say what is wrong. Check every entry, the postcode above all',
  },
  unknownSlug: 'AR24 does not accept this entry',
  undelivered:
    'Your details could not be passed on just now. Nothing is lost: please send them again in a few minutes.',
};
