import type { About, PageWords } from './page-words.ts';

const nothingToDo = 'Vous n’avez rien à faire.';
const aMoment = 'Cela prend généralement moins d’une minute.';

const byMistake = ({ partner }: About) =>
  `Il s’agit d’une erreur ? Contactez ${partner} pour reprendre votre inscription : les étapes déjà terminées sont conservées.`;

/** Where the sender stands, and how it ended. */
export const FR_STATUS: Pick<
  PageWords,
  'status' | 'step' | 'mail' | 'ready' | 'addressRefused' | 'verifiedAddressRefused'
> = {
  status: {
    'requesting-access': {
      title: () => 'Recherche de votre compte AR24',
      text: () => [`Nous vérifions si vous avez déjà un compte AR24. ${aMoment}`, nothingToDo],
    },
    'awaiting-registration': {
      title: () => 'Renseignez vos coordonnées',
      text: ({ email }) => [
        'Vous n’avez pas encore de compte AR24. Remplissez ce formulaire : nous nous chargeons de le créer.',
        `Le compte AR24 sera créé avec l’adresse ${email}.`,
      ],
    },
    'creating-account': {
      title: () => 'Création de votre compte AR24 en cours',
      text: () => [aMoment, nothingToDo],
    },
    'awaiting-attachment': {
      title: ({ partner }) => `Autorisez ${partner} à utiliser votre compte AR24`,
      text: ({ partner }) => [
        `Vous avez déjà un compte AR24. AR24 vous a envoyé par e-mail une demande d’autorisation : votre accord permettra à ${partner} d’envoyer vos recommandés électroniques depuis ce compte.`,
        'Ouvrez ce message et acceptez la demande.',
      ],
    },
    'awaiting-email': {
      title: () => 'Confirmez votre adresse e-mail',
      text: () => [
        'AR24 vous a envoyé un message pour s’assurer que cette adresse est bien la vôtre.',
        'Ouvrez ce message et cliquez sur le lien qu’il contient.',
      ],
    },
    'awaiting-terms': {
      title: () => 'Acceptez les conditions d’utilisation d’AR24',
      text: () => [
        'Avant votre premier envoi, vous devez accepter les conditions générales d’utilisation (CGU) d’AR24.',
        'Ouvrez le message d’AR24, cliquez sur le lien qu’il contient et acceptez les conditions.',
      ],
    },
    'awaiting-profile': {
      title: () => 'Complétez votre profil AR24',
      text: () => [
        'Votre compte AR24 ne comporte pas encore votre nom, indispensable pour envoyer un recommandé.',
        'Connectez-vous à votre compte AR24 et renseignez votre prénom et votre nom.',
      ],
    },
    'awaiting-payment': {
      title: () => 'Ajoutez un moyen de paiement',
      text: () => [
        'Pour régler vos envois, enregistrez un moyen de paiement dans votre compte AR24.',
      ],
    },
    'awaiting-identity': {
      title: () => 'Faites vérifier votre identité',
      text: ({ partner }) => [
        'Pour les envois qui exigent une vérification de votre identité, AR24 vous adresse une clé d’identification par lettre recommandée. Comptez environ une semaine.',
        'Dès réception, suivez les instructions jointes.',
        `Lors d’un envoi, un code obtenu à l’aide de cette clé vous sera demandé. La clé elle-même ne vous sera jamais demandée : ne la communiquez à personne, pas même à ${partner}.`,
      ],
    },
    'awaiting-operator': {
      title: () => 'Vérification de votre dossier en cours',
      text: ({ partner }) => [
        `${partner} doit vérifier un point avant de poursuivre.`,
        nothingToDo,
      ],
    },
    ready: {
      title: () => 'Tout est prêt : vous pouvez envoyer vos recommandés',
      text: ({ partner }) => [
        `${partner} peut désormais envoyer des recommandés électroniques en votre nom.`,
      ],
    },
    refused: {
      title: () => 'Accès refusé',
      text: (about) => [
        `L’accès à votre compte AR24 a été refusé : ${about.partner} ne peut pas envoyer de recommandés électroniques en votre nom.`,
        byMistake(about),
      ],
    },
    expired: {
      title: () => 'Inscription expirée',
      text: ({ partner }) => [
        'Le délai est dépassé ; nous ne vous enverrons plus de rappel.',
        `Vous souhaitez continuer ? Contactez ${partner} pour reprendre votre inscription : les étapes déjà terminées sont conservées.`,
      ],
    },
    cancelled: {
      title: () => 'Inscription annulée',
      text: (about) => ['Vous ne recevrez plus de message à ce sujet.', byMistake(about)],
    },
    failed: {
      title: () => 'Un problème est survenu de notre côté',
      text: ({ partner }) => [
        `Votre inscription est interrompue. Contactez ${partner}, qui pourra la relancer.`,
      ],
    },
  },
  step: {
    'sign-up': { todo: 'Inscription', done: 'Inscription reçue' },
    search: { todo: 'Recherche de votre compte AR24', done: 'Recherche effectuée' },
    registration: { todo: 'Vos coordonnées', done: 'Coordonnées transmises' },
    creation: { todo: 'Création de votre compte AR24', done: 'Compte AR24 créé' },
    attachment: { todo: 'Accès à votre compte AR24', done: 'Accès à votre compte AR24 autorisé' },
    account: { todo: 'Compte AR24', done: 'Compte AR24 rattaché' },
    operator: { todo: 'Vérification de votre dossier', done: 'Dossier vérifié' },
    email: { todo: 'Confirmation de l’adresse e-mail', done: 'Adresse e-mail confirmée' },
    terms: { todo: 'Acceptation des conditions d’AR24', done: 'Conditions d’AR24 acceptées' },
    profile: { todo: 'Nom dans votre compte AR24', done: 'Nom renseigné' },
    payment: { todo: 'Moyen de paiement', done: 'Moyen de paiement enregistré' },
    identity: { todo: 'Vérification d’identité', done: 'Identité vérifiée' },
    ready: { todo: 'Prêt à envoyer', done: 'Prêt à envoyer' },
  },
  mail: {
    attachment: 'Demande d’accès à votre compte AR24',
    email: 'Confirmation de votre adresse e-mail',
    terms: 'Conditions d’utilisation d’AR24',
    payment: 'Ajout d’un moyen de paiement',
    identity: 'Lettre recommandée avec votre clé d’identification',
  },
  ready: {
    found: 'Votre compte AR24 était déjà rattaché.',
    attached: 'Vos envois partiront du compte AR24 que vous aviez déjà.',
    created: 'Votre compte AR24 est créé.',
  },
  addressRefused: {
    title: () => 'Votre adresse e-mail doit être corrigée',
    text: ({ email }) => [
      `AR24 n’accepte pas l’adresse ${email}.`,
      'Indiquez la bonne adresse ci-dessous : votre inscription reprendra automatiquement.',
    ],
  },
  verifiedAddressRefused: {
    title: () => 'Votre adresse e-mail doit être corrigée',
    text: ({ partner, email }) => [
      `AR24 n’accepte pas l’adresse ${email}.`,
      `Contactez ${partner} pour la faire corriger : votre inscription reprendra ensuite automatiquement.`,
    ],
  },
};
