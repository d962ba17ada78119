import { FR_ADDRESS } from './fr-address.ts';
import { FR_FORM } from './fr-form.ts';
import { FR_STATUS } from './fr-status.ts';
import type { PageWords } from './page-words.ts';

const nothingToDo = 'vous n’avez rien à faire.';
const technical = `Nous rencontrons une difficulté technique. Notre équipe s’en occupe ; ${nothingToDo}`;
const seeBelow = 'L’étape en cours est indiquée ci-dessous.';
const junk = 'Vérifiez vos courriers indésirables';
const asked = (what: string) =>
  `Nous avons demandé à AR24 de vous renvoyer ${what}. Comptez quelques minutes.`;

export const FR: PageWords = {
  locale: 'fr-FR',
  languageName: 'Français',
  languages: 'Langue',
  skip: 'Aller au contenu',
  about: (partner) => `Recommandé électronique avec ${partner}`,
  help: 'Une question ?',
  helpFrom: (partner) => `Contacter ${partner}`,
  subject: (reference) => `Inscription au recommandé électronique (référence ${reference})`,
  reference: (reference) => `Référence à rappeler : ${reference}`,
  privacy: 'Données personnelles',
  legal: 'Mentions légales',
  footer: (partner) =>
    `Vos recommandés électroniques sont envoyés par ${partner} via AR24, prestataire français de recommandé électronique. Ce lien est personnel : ne le partagez pas.`,
  ...FR_STATUS,
  problem: {
    unreachable: `AR24 ne répond pas pour le moment. Nous réessayons automatiquement ; ${nothingToDo}`,
    throttled: `AR24 est très sollicité en ce moment. Nous réessayons automatiquement ; ${nothingToDo}`,
    maintenance: `AR24 est en maintenance. Nous reprendrons dès qu’elle sera terminée ; ${nothingToDo}`,
    credentials: technical,
    clock: technical,
    contract: technical,
    'unknown-slug': technical,
    paused: technical,
  },
  contradicted:
    'AR24 n’a pas encore enregistré cette étape. Une nouvelle vérification aura lieu automatiquement dans quelques minutes.',
  refusalNoted: 'Votre refus a bien été pris en compte. Nous vérifions auprès d’AR24.',
  mailTitle: (count) => (count === 1 ? 'Le message à retrouver' : 'Les messages d’AR24'),
  mailState: { waiting: 'À traiter', done: 'Traité' },
  mailTo: (email, when) => `Envoyé à ${email}${when === null ? '' : ` le ${when}`}`,
  junk: `Un message reste introuvable ? ${junk}.`,
  noRoute: ({ partner }) =>
    `AR24 ne permet pas de renvoyer le message de confirmation depuis cette page. S’il reste introuvable ou si son lien a expiré, demandez-en un nouveau en vous connectant à votre compte AR24, ou contactez ${partner}.`,
  letterTitle: 'Le courrier à recevoir',
  byPost: (when) =>
    `${when === null ? 'Commandée' : `Commandée le ${when}`}, à destination de l’adresse postale de votre compte AR24`,
  wrongAddress: ({ partner }) => `Cette adresse n’est pas la bonne ? Contactez ${partner}.`,
  genuine: {
    title: 'Reconnaître un vrai message d’AR24',
    text: [
      'Des fraudeurs imitent les messages d’AR24. Les liens d’un vrai message mènent à une adresse en ar24.fr, par exemple app.ar24.fr.',
      'Ni AR24 ni nous ne vous demanderons par e-mail ou par téléphone votre mot de passe, votre numéro de carte bancaire ou votre clé d’identification.',
    ],
    link: 'Vérifier un message sur le site d’AR24',
    url: 'https://app.ar24.fr/fr/page/email',
  },
  deadline: (day) => `Vous avez jusqu’au ${day} pour terminer.`,
  reminder: (day) => `Sans action de votre part, un rappel vous sera envoyé le ${day}.`,
  paymentLink: 'Ajouter un moyen de paiement sur AR24',
  done: 'C’est fait',
  doneHint: 'Une fois l’étape terminée, cliquez sur « C’est fait » : nous vérifions aussitôt.',
  again: (count) => (count === 1 ? 'Renvoyer le message' : 'Renvoyer les messages'),
  againAbout: 'Message à renvoyer :',
  againFrom: (clock) =>
    `Vous pourrez demander un nouvel envoi à partir de ${clock} (heure de Paris).`,
  againIn: 'Vous pourrez demander un nouvel envoi dans {}.',
  refuse: {
    button: 'Je refuse',
    title: () => 'Refuser l’accès à votre compte AR24 ?',
    text: ({ partner }) => [
      `Si vous refusez, ${partner} ne pourra pas envoyer de recommandés électroniques avec votre compte, et votre inscription s’arrêtera là.`,
      'Vous pourrez ignorer le message d’AR24.',
    ],
    confirm: 'Oui, je refuse',
    back: 'Revenir à mon inscription',
  },
  refresh: 'Actualiser cette page',
  stepsTitle: 'Où en êtes-vous ?',
  stepState: { done: 'Terminé', now: 'En cours', later: 'À venir' },
  result: {
    checked: 'Merci. Votre inscription a avancé.',
    'not-yet':
      'AR24 n’a pas encore enregistré cette étape : cela peut prendre quelques minutes. Une nouvelle vérification aura lieu automatiquement.',
    'mailed-access': asked('la demande d’accès à votre compte'),
    'mailed-terms': asked('le message sur ses conditions d’utilisation'),
    'mailed-payment': asked('le message sur le moyen de paiement'),
    'mailed-several': asked('les messages auxquels vous n’avez pas encore répondu'),
    'too-early': `Le dernier message date de quelques minutes. ${junk} ; vous pourrez bientôt demander un nouvel envoi.`,
    'not-now': `Aucun message ne peut être renvoyé pour le moment. ${seeBelow}`,
    'no-route':
      'AR24 ne permet pas de renvoyer ce message. Vous trouverez ci-dessous la marche à suivre.',
    'enough-mails': `Plusieurs messages vous ont déjà été envoyés aujourd’hui. ${junk}, ou réessayez demain.`,
    refused: 'Votre refus a bien été pris en compte.',
    registered: 'Merci. Vos coordonnées ont été transmises à AR24.',
    'address-corrected':
      'Adresse corrigée : les prochains messages y seront envoyés. Le lien de cette page a changé : enregistrez le nouveau.',
    'address-same': 'Cette adresse est déjà celle de votre inscription.',
    'address-settled': 'L’adresse ne peut plus être corrigée sur cette page.',
    'address-verified':
      'L’adresse a déjà été vérifiée : elle ne peut pas être corrigée sur cette page.',
    'enough-corrections':
      'L’adresse a déjà été corrigée plusieurs fois aujourd’hui. Réessayez demain.',
    'not-wanted': `Cette action n’est plus nécessaire. ${seeBelow}`,
  },
  notice: {
    gone: {
      title: 'Ce lien n’est plus valable',
      text: ({ partner }) =>
        `Il a expiré ou a été remplacé par un lien plus récent. Demandez un nouveau lien à ${partner} : les étapes déjà terminées sont conservées.`,
    },
    unknown: {
      title: 'Page introuvable',
      text: () => 'Vérifiez que vous avez copié en entier l’adresse figurant dans le message reçu.',
    },
    away: {
      title: 'Page momentanément indisponible',
      text: () => 'Rien n’est perdu : réessayez dans quelques minutes.',
    },
    failed: {
      title: 'Un problème est survenu de notre côté',
      text: ({ partner }) =>
        `Votre inscription est interrompue. Contactez ${partner}, qui pourra la relancer.`,
    },
    'cross-site': {
      title: 'Demande non prise en compte',
      text: () => 'Elle ne provenait pas de cette page. Rouvrez votre lien et réessayez.',
    },
    'too-many': {
      title: 'Trop de demandes à la fois',
      text: () => 'Patientez une minute, puis réessayez.',
    },
    'odd-request': {
      title: 'Demande non reconnue',
      text: () => 'Rouvrez votre lien et utilisez les boutons de la page.',
    },
  },
  tryAgain: 'Réessayer',
  back: (partner) => `Revenir au site de ${partner}`,
  freshLink: 'Obtenir un nouveau lien',
  address: FR_ADDRESS,
  form: FR_FORM,
};
