import type { AddressWords } from './page-words.ts';

export const FR_ADDRESS: AddressWords = {
  question: 'Cette adresse n’est pas la bonne ?',
  intro:
    'Indiquez la bonne adresse : les messages y seront envoyés. Une fois votre compte AR24 créé, l’adresse ne pourra être modifiée qu’auprès d’AR24.',
  label: 'Votre adresse e-mail',
  invalid: 'Indiquez une adresse e-mail valide, par exemple nom@exemple.fr.',
  send: 'Corriger l’adresse',
};
