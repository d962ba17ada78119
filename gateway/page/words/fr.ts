import { FR_ADDRESS } from './fr-address.ts';
import { FR_FORM } from './fr-form.ts';
import { FR_STATUS } from './fr-status.ts';
import type { PageWords } from './page-words.ts';

export const FR: PageWords = {
  locale: 'fr-FR',
  languageName: 'Français',
  languages: 'Langue',
  skip: 'Aller au contenu',
  about: (partner) => `Recommandé électronique avec ${partner}`,
  help: 'Une question ?',
  helpFrom: (partner) => `Contacter ${partner}`,
  footer: (partner) =>
    `${partner} envoie vos lettres recommandées électroniques avec AR24, prestataire français de recommandé électronique. Cette page est la vôtre : n’en transmettez pas l’adresse.`,
  ...FR_STATUS,
  problem: {
    unreachable: 'AR24 ne répond pas pour le moment. Nous réessayons ; vous n’avez rien à faire.',
    throttled: 'AR24 est très sollicité en ce moment. Nous réessayons ; vous n’avez rien à faire.',
    maintenance: 'AR24 est en maintenance. Nous reprenons dès son retour ; rien n’est perdu.',
    credentials: 'Une difficulté technique nous retient. Nous nous en occupons ; rien à faire.',
    clock: 'Une difficulté technique nous retient. Nous nous en occupons ; rien à faire.',
    contract: 'Une difficulté technique nous retient. Nous nous en occupons ; rien à faire.',
    'unknown-slug': 'Une difficulté technique nous retient. Nous nous en occupons ; rien à faire.',
  },
  contradicted:
    'AR24 ne le montre pas encore. Nous regardons de nouveau de nous-mêmes dans quelques minutes.',
  mailTitle: 'Où regarder',
  mailTo: (email, when) => (when === null ? `Envoyé à ${email}.` : `Envoyé à ${email} le ${when}.`),
  junk: 'S’il n’est pas dans votre boîte de réception, regardez aussi dans les indésirables.',
  byPost: 'Elle arrive par la poste, à l’adresse que vous avez donnée, sous quelques jours.',
  deadline: (day) => `Vous avez jusqu’au ${day}.`,
  reminder: (day) => `Au besoin, nous vous le rappelons le ${day}.`,
  paymentLink: 'Ajouter un moyen de paiement chez AR24',
  done: 'C’est fait',
  doneHint: 'Une fois que c’est fait, dites-le par ce bouton : nous regardons tout de suite.',
  again: 'Renvoyez-moi le message',
  refresh: 'Actualiser cette page',
  stepsTitle: 'Vos étapes',
  stepState: { done: 'Fait', now: 'Maintenant', later: 'Ensuite' },
  result: {
    checked: 'Merci. Nous avons regardé, et il y a du nouveau.',
    'not-yet':
      'Merci. AR24 ne le montre pas encore : cela peut prendre quelques minutes. Nous regardons de nouveau de nous-mêmes.',
    mailed:
      'Nous avons demandé à AR24 de vous renvoyer le message. Il arrive sous quelques minutes.',
    'too-early':
      'Le dernier message n’a que quelques minutes. Regardez dans les indésirables, et réessayez dans dix minutes.',
    'not-now':
      'Il n’y a pas de message à envoyer pour le moment. Voyez ci-dessous où vous en êtes.',
    'enough-mails':
      'Plusieurs messages vous ont déjà été envoyés aujourd’hui. Regardez dans les indésirables, ou réessayez demain.',
    registered: 'Merci. Nous avons transmis vos coordonnées à AR24.',
    'address-corrected':
      'Adresse corrigée : les prochains messages y seront envoyés. Le lien de cette page a changé : enregistrez le nouveau.',
    'address-same': 'Cette adresse est déjà celle de votre inscription.',
    'address-settled': 'L’adresse ne peut plus être corrigée sur cette page.',
    'enough-corrections':
      'L’adresse a déjà été corrigée plusieurs fois aujourd’hui. Réessayez demain.',
    'not-wanted':
      'Vos coordonnées ne sont pas nécessaires pour le moment. Voyez ci-dessous où vous en êtes.',
  },
  notice: {
    gone: {
      title: 'Ce lien n’est plus valable',
      text: ({ partner }) =>
        `Il a expiré, ou il en existe un plus récent. Demandez un nouveau lien à ${partner} ; ce que vous avez déjà fait est conservé.`,
    },
    unknown: {
      title: 'Il n’y a rien ici',
      text: () => 'Vérifiez que toute l’adresse a été copiée du message que vous avez reçu.',
    },
    away: {
      title: 'De retour dans quelques minutes',
      text: () =>
        'Cette page ne peut pas être affichée pour le moment. Rien n’est perdu : revenez dans quelques minutes.',
    },
    failed: {
      title: 'Un problème est survenu de notre côté',
      text: ({ partner }) =>
        `Votre inscription ne peut pas continuer d’elle-même. Contactez ${partner}, qui la remettra en ordre.`,
    },
    'cross-site': {
      title: 'Cette demande n’a pas été prise en compte',
      text: () =>
        'Elle ne venait pas de cette page. Ouvrez la page de nouveau et utilisez ses boutons.',
    },
    'too-many': {
      title: 'Un instant, s’il vous plaît',
      text: () => 'Il y a eu beaucoup de demandes en peu de temps. Réessayez dans une minute.',
    },
    'odd-request': {
      title: 'Cette demande n’a pas été comprise',
      text: () =>
        'Elle est trop grande, ou n’est pas de celles que cette page envoie. Ouvrez la page de nouveau et utilisez ses boutons.',
    },
  },
  tryAgain: 'Réessayer',
  back: (partner) => `Revenir au site de ${partner}`,
  freshLink: 'Obtenir un nouveau lien',
  address: FR_ADDRESS,
  form: FR_FORM,
};
