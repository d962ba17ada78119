import type { FieldWords, FormWords, RuleWords } from './page-words.ts';

const pasted = ({ inText }: FieldWords) =>
  `Saisissez de nouveau ${inText} : la valeur collée provient d’une erreur de tableur.`;
const letters = ({ inText }: FieldWords) =>
  `Saisissez de nouveau ${inText} : certaines lettres sont illisibles.`;
const missing = ({ inText, missing: own }: FieldWords) => own ?? `Indiquez ${inText}.`;

const FR_RULES: RuleWords = {
  formula: pasted,
  'spreadsheet-error': pasted,
  'no-value': missing,
  nothing: ({ inText }) => `Vérifiez ${inText} : est-ce bien la valeur souhaitée ?`,
  'double-encoded': letters,
  'odd-letters': letters,
  'rare-capital': ({ inText }) => `Vérifiez les majuscules dans ${inText}.`,
  'country-unknown': () => 'Choisissez un pays dans la liste.',
  'postcode-form': () => 'Indiquez un code postal à 5 chiffres.',
  'postcode-zero': () =>
    'Indiquez un code postal à 5 chiffres. S’il commence par un zéro, saisissez-le aussi.',
  'postcode-corsica': () => 'Indiquez un code postal à 5 chiffres : en Corse, il commence par 20.',
  'postcode-area': () => 'Vérifiez le code postal : il ne semble pas exister dans ce pays.',
  'siret-siren': () =>
    'Indiquez les 14 chiffres du SIRET. Les 9 chiffres saisis sont votre numéro SIREN : il en manque 5.',
  'siret-zeros': () => 'Indiquez les 14 chiffres du SIRET, y compris les zéros du début.',
  'siret-power': () => 'Indiquez les 14 chiffres du SIRET : la fin du numéro collé a été perdue.',
  'siret-decimals': () => 'Indiquez les 14 chiffres du SIRET, sans décimales.',
  'siret-form': () => 'Indiquez les 14 chiffres du SIRET.',
  'siret-key': () => 'Ce SIRET semble incorrect. Vérifiez ses 14 chiffres.',
  'siret-wanted': () =>
    'AR24 demande en général un numéro SIRET. Si votre organisation n’en a pas, envoyez quand même.',
  'vat-form': () => 'Indiquez un numéro de TVA valide, par exemple FR40303265045.',
  'vat-key': () => 'Ce numéro de TVA semble incorrect. Vérifiez ses chiffres.',
  'vat-country': () =>
    'Vérifiez le numéro de TVA : ses premières lettres sont celles d’un autre pays.',
  'vat-siren': () => 'Vérifiez le numéro de TVA : il ne correspond pas au SIRET.',
  'vat-wanted': () =>
    'AR24 demande en général un numéro de TVA. Si votre organisation n’en a pas, envoyez quand même.',
};

export const FR_FORM: FormWords = {
  stepTitle: {
    kind: 'Étape 1 sur 2 : votre situation',
    details: 'Étape 2 sur 2 : vos coordonnées',
  },
  intro: 'Tous les champs sont obligatoires, sauf mention « facultatif ».',
  optional: '(facultatif)',
  field: {
    statut: {
      label: 'Vous vous inscrivez en tant que',
      inText: 'votre situation',
      missing: 'Indiquez si vous vous inscrivez en tant que particulier ou pour une organisation.',
    },
    gender: { label: 'Civilité', inText: 'votre civilité', missing: 'Choisissez votre civilité.' },
    firstname: { label: 'Prénom', inText: 'votre prénom' },
    lastname: { label: 'Nom', inText: 'votre nom' },
    address1: { label: 'Adresse', inText: 'votre adresse', hint: 'Numéro et nom de la voie' },
    address2: {
      label: 'Complément d’adresse',
      inText: 'le complément d’adresse',
      hint: 'Bâtiment, étage, boîte postale',
    },
    zipcode: { label: 'Code postal', inText: 'le code postal' },
    city: { label: 'Ville', inText: 'votre ville' },
    country: { label: 'Pays', inText: 'votre pays', missing: 'Choisissez un pays dans la liste.' },
    company: { label: 'Nom de l’organisation', inText: 'le nom de l’organisation' },
    company_siret: {
      label: 'Numéro SIRET',
      inText: 'le numéro SIRET',
      missing: 'Indiquez les 14 chiffres du SIRET.',
      hint: '14 chiffres, par exemple 732 829 320 00074',
    },
    company_tva: {
      label: 'Numéro de TVA intracommunautaire',
      inText: 'le numéro de TVA',
      hint: 'Par exemple FR40303265045',
    },
    is_legal_entity: {
      label: 'Envoyer mes recommandés au nom de l’organisation',
      inText: 'ce choix',
    },
    notif_billing: { label: 'Recevoir les factures d’AR24 par e-mail', inText: 'ce choix' },
    billing_email: {
      label: 'Adresse e-mail pour les factures',
      inText: 'l’adresse e-mail pour les factures',
      hint: 'À remplir seulement si elle est différente de la vôtre, par exemple nom@exemple.fr',
    },
  },
  group: {
    kind: 'Votre situation',
    organisation: 'Votre organisation',
    person: 'Titulaire du compte',
    address: 'Votre adresse postale',
    invoices: 'Factures',
  },
  gender: { F: 'Madame', M: 'Monsieur' },
  statut: {
    particulier: 'Particulier',
    professionnel: 'Entreprise ou indépendant',
    administration: 'Administration',
    association: 'Association',
  },
  frenchPostcode: '5 chiffres',
  noPostcodes: 'Si votre adresse n’a pas de code postal, indiquez 00000.',
  wanted: 'Si votre organisation n’en a pas, laissez ce champ vide.',
  goOn: 'Continuer',
  change: 'Modifier',
  lookUp: 'Préremplir à partir du SIRET',
  lookedUp: {
    found: 'Le nom et l’adresse de l’organisation ont été préremplis. Vérifiez-les.',
    'not-found':
      'Aucune organisation n’a été trouvée avec ce SIRET. Vérifiez-le, ou remplissez les champs à la main.',
    failed: 'Les informations n’ont pas pu être récupérées. Remplissez les champs à la main.',
  },
  send: 'Envoyer mes coordonnées',
  sendAnyway: 'Envoyer quand même',
  faultsTitle: 'Corrigez les points suivants',
  warningsTitle: 'Vérifiez votre saisie',
  fault: {
    missing,
    'too-long': ({ inText }) => `Raccourcissez ${inText} : 200 caractères au maximum.`,
    'one-line': ({ inText }) =>
      `Saisissez de nouveau ${inText} : ce champ contient un caractère non autorisé.`,
    wrong: ({ inText }) => `Vérifiez ${inText} : la saisie semble incorrecte.`,
  },
  rule: FR_RULES,
  refusedTitle: 'AR24 n’a pas accepté vos coordonnées',
  refusedIntro:
    'Votre saisie n’est plus disponible dans ce navigateur : remplissez de nouveau le formulaire.',
  slug: {
    missing_firstname: 'Indiquez votre prénom : AR24 l’exige.',
    missing_lastname: 'Indiquez votre nom : AR24 l’exige.',
    missing_email: 'AR24 exige une adresse e-mail.',
    missing_address: 'Indiquez votre adresse : AR24 l’exige.',
    missing_city: 'Indiquez votre ville : AR24 l’exige.',
    missing_zipcode: 'Indiquez le code postal : AR24 l’exige.',
    missing_country: 'Choisissez votre pays : AR24 l’exige.',
    email_wrong_format: 'AR24 n’accepte pas votre adresse e-mail.',
    error_country: 'AR24 ne reconnaît pas ce pays. Choisissez-en un autre dans la liste.',
    error_gender: 'AR24 n’a pas accepté cette civilité. Sélectionnez-la de nouveau.',
    missing_company_siret: 'Indiquez le numéro SIRET : AR24 l’exige.',
    missing_company_tva: 'Indiquez le numéro de TVA : AR24 l’exige.',
    error_company_siret:
      'AR24 ne trouve aucune organisation avec ce SIRET. Vérifiez ses 14 chiffres.',
    user_already_exist: 'Un compte AR24 existe déjà pour votre adresse e-mail.',
    user_unavailable: 'Un compte AR24 existe déjà pour votre adresse e-mail.',
  },
  notCreated: {
    individual:
      'AR24 n’a pas précisé pourquoi. Vérifiez chaque champ, en particulier le code postal et la ville.',
    organisation:
      'AR24 n’a pas précisé pourquoi. Vérifiez chaque champ, en particulier les numéros de votre organisation et son code postal.',
    unknown: 'AR24 n’a pas précisé pourquoi. Vérifiez chaque champ, en particulier le code postal.',
  },
  unknownSlug: 'AR24 n’accepte pas cette saisie. Vérifiez-la.',
  undelivered:
    'Vos coordonnées n’ont pas pu être transmises. Votre saisie est conservée : renvoyez-la dans quelques minutes.',
};
