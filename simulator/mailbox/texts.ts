import type { MailAction, MailKind } from '../state/mail.ts';

export type PageLanguage = 'fr' | 'en';

interface MailText {
  readonly subject: string;
  readonly text: string;
}

type InBoth<T> = Readonly<Record<PageLanguage, T>>;

/** The texts of mails. AR24's own texts are not public. */
export const MAIL_TEXTS: Readonly<Record<MailKind, InBoth<MailText>>> = {
  'access-request': {
    fr: {
      subject: 'Demande d’accès à votre compte AR24',
      text: 'Un partenaire souhaite envoyer des lettres recommandées électroniques en votre nom, avec votre compte AR24. Acceptez-vous de lui donner l’accès ?',
    },
    en: {
      subject: 'Request for access to your AR24 account',
      text: 'A partner would like to send registered e-mail on your behalf, with your AR24 account. Do you grant access?',
    },
  },
  'email-confirmation': {
    fr: {
      subject: 'Confirmez votre adresse e-mail',
      text: 'Un compte AR24 a été créé avec cette adresse. Confirmez qu’elle est bien la vôtre.',
    },
    en: {
      subject: 'Confirm your e-mail address',
      text: 'An AR24 account was created with this address. Please confirm that it is yours.',
    },
  },
  terms: {
    fr: {
      subject: 'Acceptez les conditions générales d’utilisation d’AR24',
      text: 'Avant votre premier envoi, vous devez accepter les conditions générales d’utilisation (CGU) d’AR24.',
    },
    en: {
      subject: "Accept AR24's terms of use",
      text: "Before your first letter can be sent, you have to accept AR24's terms of use (CGU).",
    },
  },
  payment: {
    fr: {
      subject: 'Ajoutez un moyen de paiement',
      text: 'Un partenaire vous invite à ajouter un moyen de paiement à votre compte AR24.',
    },
    en: {
      subject: 'Add a means of payment',
      text: 'A partner asks you to add a means of payment to your AR24 account.',
    },
  },
  'identity-letter': {
    fr: {
      subject: 'Votre clé d’identification',
      text: 'Courrier papier recommandé. Saisissez la clé ci-jointe dans votre compte AR24 pour faire vérifier votre identité.',
    },
    en: {
      subject: 'Your identification key',
      text: 'A registered paper letter. Enter the enclosed key in your AR24 account to have your identity verified.',
    },
  },
};

/** The texts of a link: its button, its question, and its result. */
interface ActionText {
  readonly button: string;
  readonly question: string;
  readonly done: string;
}

const ACCESS: InBoth<ActionText> = {
  fr: {
    button: 'Accepter',
    question: 'Donner au partenaire l’accès à votre compte ?',
    done: 'Le partenaire a désormais accès à votre compte.',
  },
  en: {
    button: 'Accept',
    question: 'Grant the partner access to your account?',
    done: 'The partner now has access to your account.',
  },
};

const TERMS: InBoth<ActionText> = {
  fr: {
    button: 'Accepter les conditions',
    question: 'Accepter les conditions générales d’utilisation ?',
    done: 'Vous avez accepté les conditions.',
  },
  en: {
    button: 'Accept the terms',
    question: 'Accept the terms of use?',
    done: 'You have accepted the terms.',
  },
};

const ACTION_TEXTS: Readonly<Record<Exclude<MailAction, 'accept'>, InBoth<ActionText>>> = {
  refuse: {
    fr: {
      button: 'Refuser',
      question: 'Refuser au partenaire l’accès à votre compte ?',
      done: 'Vous avez refusé l’accès.',
    },
    en: {
      button: 'Refuse',
      question: 'Refuse the partner access to your account?',
      done: 'You have refused access.',
    },
  },
  confirm: {
    fr: {
      button: 'Confirmer mon adresse',
      question: 'Confirmer que cette adresse est la vôtre ?',
      done: 'Votre adresse est confirmée.',
    },
    en: {
      button: 'Confirm my address',
      question: 'Confirm that this address is yours?',
      done: 'Your address is confirmed.',
    },
  },
  pay: {
    fr: {
      button: 'Ajouter un moyen de paiement',
      question: 'Ajouter un moyen de paiement à ce compte ?',
      done: 'Le moyen de paiement est enregistré.',
    },
    en: {
      button: 'Add a means of payment',
      question: 'Add a means of payment to this account?',
      done: 'The means of payment is active.',
    },
  },
  'enter-key': {
    fr: {
      button: 'Saisir la clé',
      question: 'Saisir la clé reçue par courrier ?',
      done: 'Votre identité est vérifiée.',
    },
    en: {
      button: 'Enter the key',
      question: 'Enter the key from the letter?',
      done: 'Your identity is verified.',
    },
  },
  withdraw: {
    fr: {
      button: 'Retirer l’accès',
      question: 'Retirer au partenaire l’accès à votre compte ?',
      done: 'Le partenaire n’a plus accès à votre compte.',
    },
    en: {
      button: 'Withdraw access',
      question: "Withdraw the partner's access to your account?",
      done: 'The partner no longer has access to your account.',
    },
  },
  'renew-terms': {
    fr: {
      button: 'Publier de nouvelles conditions',
      question: 'Faire comme si AR24 avait de nouvelles conditions, encore à accepter ?',
      done: 'Les conditions sont à accepter à nouveau.',
    },
    en: {
      button: 'Publish new terms',
      question: 'Act as if AR24 had new terms, which are yet to be accepted?',
      done: 'The terms have to be accepted again.',
    },
  },
  'lose-payment': {
    fr: {
      button: 'Perdre le moyen de paiement',
      question: 'Faire comme si le moyen de paiement n’était plus valable ?',
      done: 'Le compte n’a plus de moyen de paiement.',
    },
    en: {
      button: 'Lose the means of payment',
      question: 'Act as if the means of payment were valid no longer?',
      done: 'The account has no means of payment any more.',
    },
  },
  'revoke-key': {
    fr: {
      button: 'Révoquer la clé',
      question: 'Révoquer la clé d’identification, comme après une perte ou un vol ?',
      done: 'L’identité n’est plus vérifiée.',
    },
    en: {
      button: 'Revoke the key',
      question: 'Revoke the identification key, as after its loss or theft?',
      done: 'The identity is verified no longer.',
    },
  },
};

export function actionText(kind: MailKind, action: MailAction, language: PageLanguage): ActionText {
  if (action === 'accept') return (kind === 'terms' ? TERMS : ACCESS)[language];
  return ACTION_TEXTS[action][language];
}
