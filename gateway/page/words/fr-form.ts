import type { FormWords, RuleWords } from './page-words.ts';

const pasted = (label: string) =>
  `${label} : copié avec l’erreur d’un logiciel ; merci de saisir la valeur`;
const letters = (label: string) =>
  `${label} : des lettres sont illisibles ; merci de les saisir de nouveau`;

const FR_RULES: RuleWords = {
  formula: pasted,
  'spreadsheet-error': pasted,
  'no-value': (label) => `${label} : à remplir`,
  nothing: (label) => `${label} : est-ce bien ce que vous voulez dire ?`,
  'double-encoded': letters,
  'odd-letters': letters,
  'rare-capital': (label) => `${label} : merci de vérifier les majuscules`,
  'country-unknown': (label) => `${label} : merci d’en choisir un dans la liste`,
  'postcode-form': (label) => `${label} : en France, il a 5 chiffres`,
  'postcode-zero': (label) =>
    `${label} : en France, il a 5 chiffres, dont le premier peut être un zéro`,
  'postcode-corsica': (label) => `${label} : en Corse, il a 5 chiffres et commence par 20`,
  'postcode-area': (label) => `${label} : il ne semble pas être de ce pays`,
  'siret-siren': (label) =>
    `${label} : il a 9 chiffres, c’est votre SIREN ; le SIRET en a 14, dont les 9 du SIREN d’abord`,
  'siret-zeros': (label) => `${label} : il a 14 chiffres, dont les premiers peuvent être des zéros`,
  'siret-power': (label) => `${label} : ses derniers chiffres sont perdus ; il en a 14`,
  'siret-decimals': (label) => `${label} : il a 14 chiffres, et rien d’autre`,
  'siret-form': (label) => `${label} : il a 14 chiffres, et rien d’autre`,
  'siret-key': (label) => `${label} : un chiffre est faux, ou deux sont intervertis`,
  'siret-wanted': () =>
    'AR24 demande d’ordinaire un SIRET aux entreprises et aux administrations en France',
  'vat-form': (label) => `${label} : ce n’est pas un numéro de TVA, comme FR40303265045`,
  'vat-key': (label) => `${label} : un chiffre peut être faux, ou deux intervertis`,
  'vat-country': (label) => `${label} : il commence par les lettres d’un autre pays`,
  'vat-siren': (label) => `${label} : ce n’est pas celui qui correspond au SIRET`,
  'vat-wanted': () =>
    'AR24 demande d’ordinaire un numéro de TVA aux entreprises et aux administrations de l’Union européenne',
};

export const FR_FORM: FormWords = {
  title: 'Vos coordonnées',
  intro: 'Tout est nécessaire, sauf ce qui est marqué comme facultatif.',
  optional: '(facultatif)',
  field: {
    statut: { label: 'Vous vous inscrivez en tant que' },
    gender: { label: 'Civilité' },
    firstname: { label: 'Prénom' },
    lastname: { label: 'Nom' },
    address1: { label: 'Adresse', hint: 'Numéro et rue' },
    address2: { label: 'Complément d’adresse' },
    zipcode: { label: 'Code postal' },
    city: { label: 'Ville' },
    country: { label: 'Pays' },
    company: { label: 'Nom de l’organisation' },
    company_siret: {
      label: 'Numéro SIRET',
      hint: '14 chiffres. Nécessaire aux entreprises et aux administrations en France.',
    },
    company_tva: {
      label: 'Numéro de TVA',
      hint: 'Nécessaire aux entreprises et aux administrations des autres pays de l’Union européenne.',
    },
    is_legal_entity: { label: 'Envoyer au nom de l’organisation' },
    notif_billing: { label: 'M’envoyer les factures' },
    billing_email: { label: 'Autre adresse e-mail pour les factures' },
  },
  group: {
    person: { title: 'Vous' },
    address: { title: 'Votre adresse postale' },
    organisation: {
      title: 'Votre organisation',
      hint: 'À laisser vide si vous vous inscrivez en tant que particulier.',
    },
    invoices: { title: 'Factures' },
  },
  gender: { F: 'Madame', M: 'Monsieur' },
  statut: {
    particulier: 'Particulier',
    professionnel: 'Entreprise ou indépendant',
    administration: 'Administration',
    association: 'Association',
  },
  choose: 'Choisissez',
  send: 'Envoyer mes coordonnées',
  sendAnyway: 'C’est exact : envoyer ainsi',
  faultsTitle: 'Merci de corriger',
  warningsTitle: 'Merci de vérifier',
  fault: {
    missing: (label) => `${label} : à remplir`,
    'too-long': (label) => `${label} : trop long, 200 caractères au plus`,
    'one-line': (label) => `${label} : contient un caractère qui ne peut pas être utilisé`,
    wrong: (label) => `${label} : ne semble pas juste`,
  },
  rule: FR_RULES,
  refusedTitle: 'AR24 n’a pas accepté vos coordonnées',
  refusedIntro:
    'Ce que vous aviez saisi n’est plus là : merci de remplir de nouveau le formulaire.',
  slug: {
    missing_firstname: 'Prénom : AR24 en a besoin',
    missing_lastname: 'Nom : AR24 en a besoin',
    missing_email: 'AR24 a besoin d’une adresse e-mail',
    missing_address: 'Adresse : AR24 en a besoin',
    missing_city: 'Ville : AR24 en a besoin',
    missing_zipcode: 'Code postal : AR24 en a besoin',
    missing_country: 'Pays : AR24 en a besoin',
    email_wrong_format: 'AR24 n’accepte pas l’adresse e-mail',
    error_country: 'Pays : AR24 ne le connaît pas',
    error_gender: 'Civilité : AR24 ne l’accepte pas',
    missing_company_siret: 'Numéro SIRET : AR24 en a besoin',
    missing_company_tva: 'Numéro de TVA : AR24 en a besoin',
    error_company_siret: 'Numéro SIRET : AR24 ne trouve pas d’organisation avec ce numéro',
    user_already_exist: 'Il existe déjà un compte AR24 pour votre adresse',
    user_unavailable: 'Il existe déjà un compte AR24 pour votre adresse',
  },
  notCreated: {
    individual:
      'AR24 ne dit pas ce qui ne va pas. Vérifiez chaque champ, surtout votre code postal et votre ville',
    organisation:
      'AR24 ne dit pas ce qui ne va pas. Vérifiez chaque champ, surtout les numéros de votre organisation et son code postal',
    unknown: 'AR24 ne dit pas ce qui ne va pas. Vérifiez chaque champ, surtout le code postal',
  },
  unknownSlug: 'AR24 n’accepte pas cette saisie',
  undelivered:
    'Vos coordonnées n’ont pas pu être transmises à l’instant. Rien n’est perdu : renvoyez-les dans quelques minutes.',
};
