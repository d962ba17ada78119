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
      text: 'Un partenaire souhaite envoyer des lettres recommandées électroniques en votre nom depuis votre compte AR24. L’y autorisez-vous ?',
    },
    en: {
      subject: 'Request for access to your AR24 account',
      text: 'A partner would like to send registered e-mail on your behalf from your AR24 account. Do you agree?',
    },
  },
  'email-confirmation': {
    fr: {
      subject: 'Confirmez votre adresse e-mail',
      text: 'Un compte AR24 vient d’être créé avec cette adresse. Merci de confirmer qu’elle est bien la vôtre.',
    },
    en: {
      subject: 'Confirm your e-mail address',
      text: 'An AR24 account has just been created with this address. Please confirm that it is yours.',
    },
  },
  terms: {
    fr: {
      subject: 'Acceptez les conditions générales d’utilisation d’AR24',
      text: 'Avant votre premier envoi, vous devez accepter les conditions générales d’utilisation (CGU) d’AR24.',
    },
    en: {
      subject: "Accept AR24's terms of use",
      text: "Before you can send your first registered e-mail, you need to accept AR24's terms of use (CGU).",
    },
  },
  payment: {
    fr: {
      subject: 'Ajoutez un moyen de paiement',
      text: 'Un partenaire vous invite à enregistrer un moyen de paiement dans votre compte AR24.',
    },
    en: {
      subject: 'Add a payment method',
      text: 'A partner invites you to add a payment method to your AR24 account.',
    },
  },
  'identity-letter': {
    fr: {
      subject: 'Votre clé d’identification',
      text: 'Lettre recommandée papier. Saisissez la clé ci-jointe dans votre compte AR24 pour faire vérifier votre identité.',
    },
    en: {
      subject: 'Your identification key',
      text: 'Registered letter on paper. Enter the enclosed key in your AR24 account to have your identity verified.',
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
    question: 'Autoriser le partenaire à accéder à votre compte ?',
    done: 'Le partenaire a désormais accès à votre compte.',
  },
  en: {
    button: 'Accept',
    question: 'Give the partner access to your account?',
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
      question: 'Refuse to give the partner access to your account?',
      done: 'You have refused access.',
    },
  },
  confirm: {
    fr: {
      button: 'Confirmer mon adresse',
      question: 'Cette adresse est-elle bien la vôtre ?',
      done: 'Votre adresse est confirmée.',
    },
    en: {
      button: 'Confirm my address',
      question: 'Is this address yours?',
      done: 'Your address is confirmed.',
    },
  },
  pay: {
    fr: {
      button: 'Ajouter un moyen de paiement',
      question: 'Ajouter un moyen de paiement à ce compte ?',
      done: 'Votre moyen de paiement est enregistré.',
    },
    en: {
      button: 'Add a payment method',
      question: 'Add a payment method to this account?',
      done: 'Your payment method has been added.',
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
      question: 'Enter the key you received by post?',
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
      button: 'Simuler de nouvelles conditions',
      question: 'Simuler la publication, par AR24, de nouvelles conditions à accepter ?',
      done: 'Les nouvelles conditions restent à accepter.',
    },
    en: {
      button: 'Simulate new terms',
      question: 'Simulate that AR24 has published new terms, which have to be accepted?',
      done: 'The new terms have yet to be accepted.',
    },
  },
  'lose-payment': {
    fr: {
      button: 'Simuler un moyen de paiement expiré',
      question: 'Simuler un moyen de paiement qui n’est plus valable ?',
      done: 'Le compte n’a plus de moyen de paiement.',
    },
    en: {
      button: 'Simulate an expired payment method',
      question: 'Simulate that the payment method is no longer valid?',
      done: 'The account no longer has a payment method.',
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
      question: 'Revoke the identification key, as after a loss or theft?',
      done: 'The identity is no longer verified.',
    },
  },
};

export function actionText(kind: MailKind, action: MailAction, language: PageLanguage): ActionText {
  if (action === 'accept') return (kind === 'terms' ? TERMS : ACCESS)[language];
  return ACTION_TEXTS[action][language];
}
