import type { ApiLanguage } from './language.ts';

type Texts = Readonly<Record<ApiLanguage, string>>;

const missing = (en: string, fr: string, nl: string): Texts => ({
  en: `The ${en} is missing`,
  fr: `${fr} est manquant`,
  nl: `${nl} ontbreekt`,
});

const MESSAGES: ReadonlyMap<string, Texts> = new Map<string, Texts>([
  ['token_missing', missing('token', 'Le jeton', 'Het token')],
  [
    'token_invalid',
    { en: 'Invalid token', fr: 'Le jeton est invalide', nl: 'Het token is ongeldig' },
  ],
  ['empty_date', missing('date', 'Le paramètre date', 'De datum')],
  [
    'invalid_date',
    {
      en: 'The date must have the format YYYY-MM-DD HH:MM:SS',
      fr: 'La date doit être au format AAAA-MM-JJ HH:MM:SS',
      nl: 'De datum moet het formaat JJJJ-MM-DD UU:MM:SS hebben',
    },
  ],
  [
    'expired_date',
    { en: 'The date is in the past', fr: 'La date est passée', nl: 'De datum is verstreken' },
  ],
  [
    'date_in_future',
    {
      en: 'The date is more than 10 minutes ahead',
      fr: 'La date est à plus de 10 minutes dans le futur',
      nl: 'De datum ligt meer dan 10 minuten in de toekomst',
    },
  ],
  ['empty_signature', missing('signature', "L'en-tête signature", 'De handtekening')],
  [
    'user_not_exist',
    {
      en: 'This user does not exist',
      fr: "Cet utilisateur n'existe pas",
      nl: 'Deze gebruiker bestaat niet',
    },
  ],
  [
    'user_unavailable',
    {
      en: 'This user has not granted access to your API',
      fr: "Cet utilisateur n'a pas autorisé l'accès à votre API",
      nl: 'Deze gebruiker heeft uw API geen toegang gegeven',
    },
  ],
  [
    'user_already_exist',
    {
      en: 'A user with the same email already exists',
      fr: 'Un utilisateur avec la même adresse e-mail existe déjà',
      nl: 'Er bestaat al een gebruiker met hetzelfde e-mailadres',
    },
  ],
  [
    'user_not_created',
    {
      en: 'The user could not be created',
      fr: "L'utilisateur n'a pas pu être créé",
      nl: 'De gebruiker kon niet worden aangemaakt',
    },
  ],
  ['missing_user_id', missing('id_user', "L'identifiant id_user", 'De id_user')],
  ['missing_firstname', missing('first name', 'Le prénom', 'De voornaam')],
  ['missing_lastname', missing('last name', 'Le nom', 'De achternaam')],
  ['missing_email', missing('e-mail address', "L'e-mail", 'Het e-mailadres')],
  ['missing_address', missing('address', "Le champ de l'adresse", 'Het adres')],
  ['missing_city', missing('city', 'Le nom de la ville', 'De stad')],
  ['missing_zipcode', missing('zip code', 'Le code postal', 'De postcode')],
  ['missing_country', missing('country', 'Le pays', 'Het land')],
  ['missing_company_siret', missing('SIRET', 'Le SIRET', 'De SIRET')],
  ['missing_company_tva', missing('VAT number', 'Le numéro de TVA', 'Het btw-nummer')],
  [
    'email_wrong_format',
    {
      en: 'The e-mail address is malformed',
      fr: "L'adresse e-mail est mal formée",
      nl: 'Het e-mailadres is ongeldig',
    },
  ],
  ['error_country', { en: 'Unknown country', fr: 'Pays inconnu', nl: 'Onbekend land' }],
  ['error_gender', { en: 'Invalid gender', fr: 'Civilité invalide', nl: 'Ongeldig geslacht' }],
  [
    'error_company_siret',
    {
      en: 'No company was found for this SIRET',
      fr: "Aucune société n'a été trouvée pour ce SIRET",
      nl: 'Geen bedrijf gevonden voor deze SIRET',
    },
  ],
]);

const OTHER: Texts = {
  en: 'The request was refused',
  fr: 'La demande a été refusée',
  nl: 'Het verzoek is geweigerd',
};

/** The display text of a slug. The wording is the simulator's own: programs have to use the slug. */
export function messageOf(slug: string, language: ApiLanguage): string {
  return (MESSAGES.get(slug) ?? OTHER)[language];
}
