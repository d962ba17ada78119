import type { AddressWords } from './page-words.ts';

export const FR_ADDRESS: AddressWords = {
  question: 'Ce n’est pas votre adresse e-mail ?',
  intro:
    'Indiquez la bonne adresse : les messages y seront envoyés. Une fois votre compte AR24 créé, vous seul pourrez la modifier, auprès d’AR24.',
  label: 'Votre adresse e-mail',
  invalid: 'Indiquez une adresse e-mail valide, par exemple marie.durand@example.fr',
  send: 'Corriger l’adresse',
};
