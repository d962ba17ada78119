import type { Switches } from '../settings/switches.ts';
import type { PageLanguage } from './texts.ts';

/** The texts of the pages around the mails. */
export interface Words {
  readonly product: string;
  readonly skip: string;
  readonly pages: string;
  readonly languages: string;
  readonly footer: string;
  readonly mailbox: string;
  readonly mailFor: string;
  readonly everyone: string;
  readonly show: string;
  readonly to: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly eMail: string;
  readonly letter: string;
  readonly waiting: string;
  readonly done: string;
  readonly granted: string;
  readonly refused: string;
  readonly withdrawn: string;
  readonly notAsked: string;
  readonly back: string;
  readonly account: string;
  readonly doneTitle: string;
  readonly usedTitle: string;
  readonly usedText: string;
  readonly overTitle: string;
  /** The text for each consequence of an expired link. */
  readonly overText: Readonly<Record<Switches['confirmationLinkOver'], string>>;
  readonly noLinkTitle: string;
  readonly noLinkText: string;
  readonly accounts: string;
  readonly noAccountTitle: string;
  readonly noAccountText: string;
  readonly email: string;
  readonly terms: string;
  readonly payment: string;
  readonly identity: string;
  readonly reference: string;
  readonly yes: string;
  readonly no: string;
  readonly noName: string;
  readonly ledger: string;
  readonly noEffect: string;
  readonly when: string;
  readonly effect: string;
  readonly faults: string;
  readonly noFault: string;
  readonly turn: string;
  readonly newer: string;
  readonly older: string;
  readonly mails: (count: number) => string;
  readonly accountCount: (count: number) => string;
}

const fr: Words = {
  product: 'Simulateur AR24',
  skip: 'Aller au contenu',
  pages: 'Pages',
  languages: 'Langue',
  footer: 'AR24 simulé, pour vos essais : aucun message n’est réellement envoyé.',
  mailbox: 'Boîte de réception',
  mailFor: 'Messages adressés à',
  everyone: 'tous les destinataires',
  show: 'Afficher',
  to: 'À',
  emptyTitle: 'Aucun message pour le moment',
  emptyText:
    'Les messages qu’AR24 envoie aux titulaires de compte s’affichent ici dès qu’un partenaire appelle l’API simulée :',
  eMail: 'E-mail',
  letter: 'Courrier papier',
  waiting: 'À traiter',
  done: 'Terminé',
  granted: 'Accès accordé',
  refused: 'Accès refusé',
  withdrawn: 'Accès retiré',
  notAsked: 'Accès non demandé',
  back: 'Boîte de réception',
  account: 'Compte',
  doneTitle: 'C’est fait',
  usedTitle: 'Rien à faire',
  usedText: 'Ce lien a déjà été utilisé ou n’est plus valable.',
  overTitle: 'Ce lien a expiré',
  overText: {
    mail: 'AR24 vient d’envoyer un nouveau message, avec un nouveau lien.',
    nothing: 'AR24 n’envoie pas automatiquement de nouveau message.',
    'account-gone': 'Le compte a été supprimé : il faut le créer de nouveau.',
  },
  noLinkTitle: 'Lien inconnu',
  noLinkText: 'Aucun message ne contient ce lien.',
  accounts: 'Comptes',
  noAccountTitle: 'Aucun compte pour le moment',
  noAccountText:
    'Les partenaires créent des comptes par l’API. Pour ajouter un compte ouvert par son titulaire :',
  email: 'E-mail confirmé',
  terms: 'Conditions acceptées',
  payment: 'Paiement possible',
  identity: 'Identité vérifiée',
  reference: 'Référence',
  yes: 'oui',
  no: 'non',
  noName: '(sans nom)',
  ledger: 'Journal',
  noEffect: 'Aucun événement pour le moment.',
  when: 'Date',
  effect: 'Événement',
  faults: 'Pannes simulées',
  noFault: 'Aucune panne simulée.',
  turn: 'Parcourir la liste',
  newer: 'Plus récents',
  older: 'Plus anciens',
  mails: (count) => `${count} message${count > 1 ? 's' : ''}`,
  accountCount: (count) => `${count} compte${count > 1 ? 's' : ''}`,
};

const en: Words = {
  product: 'AR24 simulator',
  skip: 'Skip to content',
  pages: 'Pages',
  languages: 'Language',
  footer: 'A simulated AR24 for trying things out: no message is actually sent.',
  mailbox: 'Mailbox',
  mailFor: 'Mail for',
  everyone: 'everyone',
  show: 'Show',
  to: 'To',
  emptyTitle: 'No mail yet',
  emptyText:
    'Messages from AR24 to account holders appear here as soon as a partner calls the simulated API:',
  eMail: 'E-mail',
  letter: 'Paper letter',
  waiting: 'To do',
  done: 'Done',
  granted: 'Access granted',
  refused: 'Access refused',
  withdrawn: 'Access withdrawn',
  notAsked: 'Access not requested',
  back: 'Mailbox',
  account: 'Account',
  doneTitle: 'Done',
  usedTitle: 'Nothing left to do',
  usedText: 'This link has already been used or is no longer valid.',
  overTitle: 'This link has expired',
  overText: {
    mail: 'AR24 has just sent a new message with a new link.',
    nothing: 'AR24 does not send another message automatically.',
    'account-gone': 'The account has been deleted: it has to be created again.',
  },
  noLinkTitle: 'Unknown link',
  noLinkText: 'No message contains this link.',
  accounts: 'Accounts',
  noAccountTitle: 'No account yet',
  noAccountText:
    'Partners create accounts through the API. To add an account opened by its holder:',
  email: 'E-mail confirmed',
  terms: 'Terms accepted',
  payment: 'Payment possible',
  identity: 'Identity verified',
  reference: 'Reference',
  yes: 'yes',
  no: 'no',
  noName: '(no name)',
  ledger: 'Ledger',
  noEffect: 'Nothing has happened yet.',
  when: 'When',
  effect: 'Effect',
  faults: 'Simulated faults',
  noFault: 'No fault is active.',
  turn: 'Browse the list',
  newer: 'Newer',
  older: 'Older',
  mails: (count) => `${count} message${count === 1 ? '' : 's'}`,
  accountCount: (count) => `${count} account${count === 1 ? '' : 's'}`,
};

export const WORDS: Readonly<Record<PageLanguage, Words>> = { fr, en };
