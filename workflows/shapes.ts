/**
 * Validates the input and the updates, which people may send by hand in any shape. Each function returns what is
 * wrong, or null. Clients check the values by schema; here only what the workflow itself relies on.
 */
import { FORM_FIELDS, OVERRIDABLE } from './contract/index.ts';

const LONGEST_VALUE = 500;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_VALUE;

/** Another value could count as true, and so prove ownership of an account. */
const isFlag = (value: unknown) => value === undefined || typeof value === 'boolean';

const MOST_HASHES = 20;

/** One hash for each hash key. Without any, other requesters of the address could not be found. */
function areHashes(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= MOST_HASHES && value.every(isText)
  );
}

/** Only what the workflow cannot begin without: the client checks the rest. */
export function invalidStart(start: unknown): string | null {
  if (!isFields(start) || !isFields(start['request'])) {
    return 'an onboarding is started with request, emailHashes and accessRequestedBefore';
  }
  if (!areHashes(start['emailHashes'])) {
    return 'emailHashes: the keyed hashes of the address are expected';
  }
  if (start['updatesBefore'] !== undefined && !Array.isArray(start['updatesBefore'])) {
    return 'updatesBefore: a list of ids is expected';
  }
  const { reference, email, require } = start['request'];
  const valid = isText(reference) && isText(email) && Array.isArray(require);
  if (!valid) return 'the request needs reference, email and require';
  if (!isFlag(start['request']['emailVerified'])) return 'emailVerified: true or false is expected';
  const { registration, prefill } = start['request'];
  const forms = [registration, prefill].filter((form) => form !== undefined && form !== null);
  return forms.map(invalidFields).find((fault) => fault !== null) ?? null;
}

export function invalidForm(form: unknown): string | null {
  const fault = invalidFields(form);
  if (fault !== null || !isFields(form)) return fault;
  const missing = Object.entries(FORM_FIELDS).find(
    ([field, need]) => need === 'required' && !isText(form[field]),
  );
  return missing ? `${missing[0]} is missing` : null;
}

/** A form may lack fields, which AR24 then refuses, but each field has to be a text. */
export function invalidFields(form: unknown): string | null {
  if (!isFields(form)) return 'the registration form is not an object of fields';
  for (const [field, value] of Object.entries(form)) {
    if (!Object.hasOwn(FORM_FIELDS, field)) {
      return 'the registration form has a field that is not in the fixed list';
    }
    if (value !== undefined && value !== '' && !isText(value)) return `${field} is not a text`;
  }
  return null;
}

export function invalidAddress(address: unknown): string | null {
  const valid =
    isFields(address) &&
    isText(address['email']) &&
    isText(address['by']) &&
    isFlag(address['emailVerified']) &&
    areHashes(address['emailHashes']);
  return valid ? null : 'the new address needs email, emailHashes and by';
}

export function invalidReport(address: unknown): string | null {
  const isTimed = isFields(address) && Number.isFinite(address['asOf']);
  return isTimed ? invalidAddress(address) : 'the reported address needs asOf';
}

export function invalidCancel(cancel: unknown): string | null {
  const valid = isFields(cancel) && isText(cancel['by']) && isText(cancel['reason']);
  return valid ? null : 'a cancellation names by and reason';
}

export function invalidOverride(override: unknown): string | null {
  const valid = isFields(override) && isText(override['by']) && isText(override['reason']);
  if (!valid) return 'an override names requirement, by and reason';
  return OVERRIDABLE.some((requirement) => requirement === override['requirement'])
    ? null
    : `only these can be overridden: ${OVERRIDABLE.join(', ')}`;
}
