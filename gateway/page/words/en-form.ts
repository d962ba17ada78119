import type { FieldWords, FormWords, RuleWords } from './page-words.ts';

const pasted = ({ inText }: FieldWords) =>
  `Type ${inText} again: the pasted value comes from a spreadsheet error.`;
const letters = ({ inText }: FieldWords) => `Type ${inText} again: some letters are not readable.`;
const missing = ({ inText, missing: own }: FieldWords) => own ?? `Enter ${inText}.`;

const EN_RULES: RuleWords = {
  formula: pasted,
  'spreadsheet-error': pasted,
  'no-value': missing,
  nothing: ({ inText }) => `Check ${inText}: is this really what you mean?`,
  'double-encoded': letters,
  'odd-letters': letters,
  'rare-capital': ({ inText }) => `Check the capital letters in ${inText}.`,
  'country-unknown': () => 'Select a country from the list.',
  'postcode-form': () => 'Enter a postcode of 5 digits.',
  'postcode-zero': () =>
    'Enter a postcode of 5 digits. If it begins with a zero, type the zero too.',
  'postcode-corsica': () => 'Enter a postcode of 5 digits: in Corsica it begins with 20.',
  'postcode-area': () => 'Check the postcode: it does not seem to exist in this country.',
  'siret-siren': () =>
    'Enter the 14 digits of the SIRET. The 9 digits you typed are your SIREN: 5 are missing.',
  'siret-zeros': () => 'Enter the 14 digits of the SIRET, including the zeros at the beginning.',
  'siret-power': () => 'Enter the 14 digits of the SIRET: the end of the pasted number was lost.',
  'siret-decimals': () => 'Enter the 14 digits of the SIRET, without decimals.',
  'siret-form': () => 'Enter the 14 digits of the SIRET.',
  'siret-key': () => 'This SIRET does not look right. Check its 14 digits.',
  'siret-wanted': () =>
    'AR24 usually asks for a SIRET number. If your organisation has none, send the form anyway.',
  'vat-form': () => 'Enter a valid VAT number, for example FR40303265045.',
  'vat-key': () => 'This VAT number does not look right. Check its digits.',
  'vat-country': () => 'Check the VAT number: its first letters are those of another country.',
  'vat-siren': () => 'Check the VAT number: it does not match the SIRET.',
  'vat-wanted': () =>
    'AR24 usually asks for a VAT number. If your organisation has none, send the form anyway.',
};

export const EN_FORM: FormWords = {
  stepTitle: { kind: 'Step 1 of 2: who you are', details: 'Step 2 of 2: your details' },
  intro: 'All fields are required unless marked optional.',
  optional: '(optional)',
  field: {
    statut: {
      label: 'You are signing up as',
      inText: 'who you are',
      missing: 'Select whether you sign up as an individual or for an organisation.',
    },
    gender: { label: 'Title', inText: 'your title', missing: 'Select your title.' },
    firstname: { label: 'First name', inText: 'your first name' },
    lastname: { label: 'Last name', inText: 'your last name' },
    address1: { label: 'Address', inText: 'your address', hint: 'Number and street' },
    address2: {
      label: 'Address line 2',
      inText: 'line 2 of the address',
      hint: 'Building, floor, PO box',
    },
    zipcode: { label: 'Postcode', inText: 'the postcode' },
    city: { label: 'Town or city', inText: 'your town or city' },
    country: {
      label: 'Country',
      inText: 'your country',
      missing: 'Select a country from the list.',
    },
    company: { label: 'Name of the organisation', inText: 'the name of the organisation' },
    company_siret: {
      label: 'SIRET number',
      inText: 'the SIRET number',
      missing: 'Enter the 14 digits of the SIRET.',
      hint: '14 digits, for example 732 829 320 00074',
    },
    company_tva: {
      label: 'VAT number',
      inText: 'the VAT number',
      hint: 'For example FR40303265045',
    },
    is_legal_entity: {
      label: 'Send my registered e-mails in the name of the organisation',
      inText: 'this choice',
    },
    notif_billing: { label: 'Get AR24’s invoices by e-mail', inText: 'this choice' },
    billing_email: {
      label: 'E-mail address for invoices',
      inText: 'the e-mail address for invoices',
      hint: 'Only if it is not your own address, for example name@example.com',
    },
  },
  group: {
    kind: 'Who you are',
    organisation: 'Your organisation',
    person: 'Account holder',
    address: 'Your postal address',
    invoices: 'Invoices',
  },
  gender: { F: 'Ms', M: 'Mr' },
  statut: {
    particulier: 'An individual',
    professionnel: 'A business or self-employed person',
    administration: 'A public body',
    association: 'A charity or an association',
  },
  frenchPostcode: '5 digits',
  noPostcodes: 'If your address has no postcode, enter 00000.',
  wanted: 'If your organisation has none, leave this empty.',
  goOn: 'Continue',
  change: 'Change',
  lookUp: 'Fill in from the SIRET',
  lookedUp: {
    found: 'We have filled in the name and address of the organisation. Please check them.',
    'not-found':
      'No organisation was found with this SIRET. Check it, or fill in the fields yourself.',
    failed: 'The information could not be fetched. Fill in the fields yourself.',
  },
  send: 'Send my details',
  sendAnyway: 'Send anyway',
  faultsTitle: 'There is a problem with the form',
  warningsTitle: 'Check what you entered',
  fault: {
    missing,
    'too-long': ({ inText }) => `Shorten ${inText}: it can have 200 characters at most.`,
    'one-line': ({ inText }) => `Type ${inText} again: it has a character that cannot be used.`,
    wrong: ({ inText }) => `Check ${inText}: it does not look right.`,
  },
  rule: EN_RULES,
  refusedTitle: 'AR24 did not accept your details',
  refusedIntro: 'What you typed is no longer in this browser: please fill in the form again.',
  slug: {
    missing_firstname: 'Enter your first name: AR24 asks for it.',
    missing_lastname: 'Enter your last name: AR24 asks for it.',
    missing_email: 'AR24 asks for an e-mail address.',
    missing_address: 'Enter your address: AR24 asks for it.',
    missing_city: 'Enter your town or city: AR24 asks for it.',
    missing_zipcode: 'Enter the postcode: AR24 asks for it.',
    missing_country: 'Select your country: AR24 asks for it.',
    email_wrong_format: 'AR24 does not accept your e-mail address.',
    error_country: 'AR24 does not know this country. Select another one from the list.',
    error_gender: 'AR24 does not accept this title. Select it again.',
    missing_company_siret: 'Enter the SIRET number: AR24 asks for it.',
    missing_company_tva: 'Enter the VAT number: AR24 asks for it.',
    error_company_siret: 'AR24 finds no organisation with this SIRET. Check its 14 digits.',
    user_already_exist: 'There is already an AR24 account for your e-mail address.',
    user_unavailable: 'There is already an AR24 account for your e-mail address.',
  },
  notCreated: {
    individual: 'AR24 did not say why. Check every field, especially the postcode and the town.',
    organisation:
      'AR24 did not say why. Check every field, especially the numbers of your organisation and its postcode.',
    unknown: 'AR24 did not say why. Check every field, especially the postcode.',
  },
  unknownSlug: 'AR24 does not accept this entry. Check it.',
  undelivered:
    'Your details could not be sent. What you typed is kept: please send it again in a few minutes.',
};
