/** All steps, in the order in which they run. */
import { accessNoAccount, createPlain, duplicates, duplicateUnattached } from './steps/accounts.ts';
import {
  createBusiness,
  createConfirmed,
  createNoGender,
  createTerms,
} from './steps/parameters.ts';
import { accessGranted, accessRefused, emailConfirmed, termsAccepted } from './steps/people.ts';
import { credentials, lists, routes, transport, unknownUser } from './steps/reading.ts';
import { accessAttached, accessKnown, identity, paymentLink, termsMail } from './steps/requests.ts';
import { dates } from './steps/window.ts';
import type { Step } from './step.ts';

export const STEPS: readonly Step[] = [
  transport,
  credentials,
  dates,
  unknownUser,
  lists,
  routes,
  accessNoAccount,
  createPlain,
  duplicates,
  createConfirmed,
  createTerms,
  createNoGender,
  createBusiness,
  accessAttached,
  termsMail,
  paymentLink,
  emailConfirmed,
  termsAccepted,
  duplicateUnattached,
  accessKnown,
  accessRefused,
  accessGranted,
  identity,
];

export interface Selection {
  readonly readOnly?: boolean | undefined;
  /** Empty: all but the paid ones. */
  readonly named: readonly string[];
}

/** @throws RangeError that names an unknown step, or one that `readOnly` excludes */
export function selectSteps({ readOnly, named }: Selection): readonly Step[] {
  const unknown = named.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    throw new RangeError(
      `there is no step ${unknown}; the steps are: ${STEPS.map(({ name }) => name).join(', ')}`,
    );
  }
  const chosen = STEPS.filter(({ name, kind }) =>
    named.length === 0 ? kind !== 'paid' : named.includes(name),
  );
  const writing = chosen.find(({ kind }) => kind !== 'reads');
  if (readOnly !== true) return chosen;
  if (named.length > 0 && writing !== undefined) {
    throw new RangeError(`the step ${writing.name} does more than read: leave out --read-only`);
  }
  return chosen.filter(({ kind }) => kind === 'reads');
}
