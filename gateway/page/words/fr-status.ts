import type { PageWords } from './page-words.ts';

const nothingToDo = 'Vous n’avez rien à faire.';

/** Where the sender stands, and how it ended. */
export const FR_STATUS: Pick<
  PageWords,
  'status' | 'step' | 'mail' | 'ready' | 'missing' | 'addressRefused'
> = {
  status: {
    'requesting-access': {
      title: () => 'Nous interrogeons AR24',
      text: () => [
        'Nous cherchons si vous avez déjà un compte AR24. Cela prend d’ordinaire moins d’une minute.',
        nothingToDo,
      ],
    },
    'awaiting-registration': {
      title: () => 'Donnez-nous vos coordonnées',
      text: () => [
        'Vous n’avez pas encore de compte AR24. Remplissez le formulaire ci-dessous, et nous le faisons créer pour vous.',
      ],
    },
    'creating-account': {
      title: () => 'Votre compte AR24 est en cours de création',
      text: () => ['Cela prend d’ordinaire moins d’une minute.', nothingToDo],
    },
    'awaiting-attachment': {
      title: ({ partner }) => `Autorisez ${partner} à utiliser votre compte AR24`,
      text: ({ partner }) => [
        `Vous avez déjà un compte AR24. AR24 vous a écrit pour demander si ${partner} peut s’en servir pour vos lettres recommandées électroniques.`,
        'Ouvrez ce message et acceptez.',
      ],
    },
    'awaiting-email': {
      title: () => 'Confirmez votre adresse e-mail',
      text: () => [
        'Votre compte AR24 existe. AR24 vous a écrit pour s’assurer que l’adresse est bien la vôtre.',
        'Ouvrez ce message et suivez son lien.',
      ],
    },
    'awaiting-terms': {
      title: () => 'Acceptez les conditions d’utilisation d’AR24',
      text: () => [
        'Avant votre première lettre, AR24 a besoin que vous acceptiez ses conditions générales d’utilisation (CGU).',
        'Ouvrez le message d’AR24, suivez son lien et acceptez.',
      ],
    },
    'awaiting-profile': {
      title: () => 'Complétez votre nom chez AR24',
      text: () => [
        'Votre compte AR24 n’a pas encore de nom, et sans nom aucune lettre ne peut partir.',
        'Connectez-vous à votre compte AR24 et renseignez votre prénom et votre nom.',
      ],
    },
    'awaiting-payment': {
      title: () => 'Ajoutez un moyen de paiement',
      text: () => [
        'Pour que vos lettres puissent être payées, AR24 a besoin d’un moyen de paiement.',
      ],
    },
    'awaiting-identity': {
      title: () => 'Faites vérifier votre identité',
      text: () => [
        'Pour les lettres avec preuve d’identité, AR24 vous envoie une clé par lettre recommandée.',
        'Dès que vous l’avez reçue, suivez ce qu’elle indique.',
      ],
    },
    'awaiting-operator': {
      title: () => 'Nous nous en occupons',
      text: ({ partner }) => [
        `Une personne de ${partner} doit vérifier un point avant de continuer.`,
        nothingToDo,
      ],
    },
    ready: {
      title: () => 'Tout est prêt : vous pouvez envoyer',
      text: ({ partner }) => [
        `${partner} peut désormais envoyer des lettres recommandées électroniques en votre nom.`,
      ],
    },
    refused: {
      title: () => 'L’accès a été refusé',
      text: ({ partner }) => [
        `AR24 nous indique que la demande de ${partner} a été refusée ; aucune lettre ne peut donc partir en votre nom.`,
        `C’était une erreur ? ${partner} peut recommencer avec vous.`,
      ],
    },
    expired: {
      title: () => 'Votre inscription n’a pas abouti à temps',
      text: ({ partner }) => [
        'Rien ne s’est passé depuis longtemps ; nous avons donc cessé les rappels.',
        `Vous souhaitez continuer ? ${partner} peut recommencer avec vous ; ce que vous avez déjà fait compte.`,
      ],
    },
    cancelled: {
      title: () => 'Votre inscription a été annulée',
      text: ({ partner }) => [
        'Elle ne vous vaudra plus aucun message.',
        `C’était une erreur ? ${partner} peut recommencer avec vous.`,
      ],
    },
    failed: {
      title: () => 'Un problème est survenu de notre côté',
      text: ({ partner }) => [
        `Votre inscription ne peut pas continuer d’elle-même. Contactez ${partner}, qui la remettra en ordre.`,
      ],
    },
  },
  step: {
    'sign-up': 'Votre inscription est arrivée',
    search: 'Nous cherchons votre compte AR24',
    registration: 'Vos coordonnées',
    creation: 'Votre compte AR24 est créé',
    attachment: 'Vous autorisez l’usage de votre compte AR24',
    account: 'Votre compte AR24 est relié',
    operator: 'Nous vérifions votre compte AR24',
    email: 'Vous confirmez votre adresse e-mail',
    terms: 'Vous acceptez les conditions d’AR24',
    profile: 'Votre nom chez AR24',
    payment: 'Un moyen de paiement',
    identity: 'Votre identité est vérifiée',
    ready: 'Prêt à envoyer',
  },
  mail: {
    attachment: 'Un message d’AR24 qui demande l’accès à votre compte',
    email: 'Un message d’AR24 qui vous demande de confirmer votre adresse',
    terms: 'Un message d’AR24 avec ses conditions d’utilisation',
    payment: 'Un message d’AR24 qui demande un moyen de paiement',
    identity: 'Une lettre recommandée d’AR24 avec votre clé',
  },
  ready: {
    found: 'Votre compte AR24 était déjà relié.',
    attached: 'Il s’agit du compte AR24 que vous aviez déjà.',
    created: 'Votre compte AR24 est en place.',
  },
  missing: {
    payment: 'Il n’a pas de moyen de paiement à vous ; il n’en faut pas ici.',
    identity: 'Votre identité n’y est pas vérifiée ; ce n’est pas nécessaire ici.',
  },
  addressRefused: {
    title: () => 'Votre adresse e-mail doit être corrigée',
    text: ({ partner, email }) => [
      `AR24 n’accepte pas l’adresse ${email}.`,
      `Indiquez la bonne adresse à ${partner}. La suite se fait alors d’elle-même.`,
    ],
  },
};
