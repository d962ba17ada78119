import { expect, it } from '@jest/globals';
import { otherSpellings } from '../../ar24/email-address.ts';

it.each([
  ['jeanne@x.org', ['Jeanne@x.org']],
  ['Jeanne@x.org', ['jeanne@x.org']],
  ['JEANNE.DUPONT@X.ORG', ['jeanne.dupont@x.org', 'Jeanne.dupont@x.org', 'Jeanne.Dupont@x.org']],
  ['élodie@x.org', ['Élodie@x.org']],
  ['42@x.org', []],
])('%s has the other spellings %j', (email, others) => {
  expect(otherSpellings(email)).toEqual(others);
});
