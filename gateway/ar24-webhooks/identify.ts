/** Finds the person that a webhook is about, and the part of it that may be logged. */
import type { HintedPerson } from '../../client/index.ts';
import type { PayloadField } from './payload.ts';

/** Names are compared by their letters, so that `id_user`, `idUser` and `ID-User` are the same. */
const NAMES_OF_IDS = ['iduser', 'userid'];
const NAMES_OF_ADDRESSES = ['email', 'mail', 'useremail', 'emailuser', 'usermail'];

/** AR24 numbers its users. */
const ACCOUNT_ID = /^[A-Za-z0-9]{1,64}$/;
const NAME = /^[A-Za-z][\w-]{0,39}$/;
const MOST_NAMES = 30;

export function identify(fields: readonly PayloadField[]): HintedPerson {
  const ids = fields.filter(({ value }) => ACCOUNT_ID.test(value));
  const named = ids.find((field) => NAMES_OF_IDS.includes(lastOf(field)));
  // A plain `id` counts only if it can be a user's. A wrong hint costs one read of AR24.
  const bare = ids.find((field) => lastOf(field) === 'id' && isOfUser(field));
  const email = fields.find(
    (field) => NAMES_OF_ADDRESSES.includes(lastOf(field)) && field.value.includes('@'),
  );
  return { accountId: (named ?? bare)?.value, email: email?.value };
}

/** The names of the fields, never their values. Odd names are masked, as a caller may choose them. */
export function namesOf(fields: readonly PayloadField[]): readonly string[] {
  const names = fields.map(({ path }) =>
    path
      .filter((step) => step !== '')
      .map((step) => (NAME.test(step) ? step : '?'))
      .join('.'),
  );
  return [...new Set(names)].slice(0, MOST_NAMES);
}

function lastOf({ path }: PayloadField): string {
  return lettersOf(path.at(-1));
}

function isOfUser({ path }: PayloadField): boolean {
  return path.length === 1 || lettersOf(path.at(-2)) === 'user';
}

function lettersOf(step = ''): string {
  return step.toLowerCase().replace(/[^a-z]/g, '');
}
