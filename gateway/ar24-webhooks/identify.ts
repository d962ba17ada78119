/** Whom a webhook may be about, and what of it may be logged. */
import type { HintedPerson } from '../../client/index.ts';
import type { Field } from './payload.ts';

/** Letters only, so that `id_user`, `idUser` and `ID-User` are one name. */
const NAMES_OF_IDS = ['iduser', 'userid'];
const NAMES_OF_ADDRESSES = ['email', 'mail', 'useremail', 'emailuser', 'usermail'];

/** AR24 numbers its users. */
const ACCOUNT_ID = /^[A-Za-z0-9]{1,64}$/;
const NAME = /^[A-Za-z][\w-]{0,39}$/;
const MOST_NAMES = 30;

export function identify(fields: readonly Field[]): HintedPerson {
  const ids = fields.filter(({ value }) => ACCOUNT_ID.test(value));
  const named = ids.find((field) => NAMES_OF_IDS.includes(lastOf(field)));
  // A bare `id` only where it can be a user's: a hint at the wrong one costs a look.
  const bare = ids.find((field) => lastOf(field) === 'id' && isOfUser(field));
  const email = fields.find(
    (field) => NAMES_OF_ADDRESSES.includes(lastOf(field)) && field.value.includes('@'),
  );
  return { accountId: (named ?? bare)?.value, email: email?.value };
}

/** Which fields came, never what they said. A name may be made up too. */
export function namesOf(fields: readonly Field[]): readonly string[] {
  const names = fields.map(({ path }) =>
    path
      .filter((step) => step !== '')
      .map((step) => (NAME.test(step) ? step : '?'))
      .join('.'),
  );
  return [...new Set(names)].slice(0, MOST_NAMES);
}

function lastOf({ path }: Field): string {
  return lettersOf(path.at(-1));
}

function isOfUser({ path }: Field): boolean {
  return path.length === 1 || lettersOf(path.at(-2)) === 'user';
}

function lettersOf(step = ''): string {
  return step.toLowerCase().replace(/[^a-z]/g, '');
}
