/**
 * Starts and updates may be sent by hand, in any shape: what is wrong with one, or null. Clients check the
 * values by schema; here only what the workflow itself relies on.
 */
import { FORM_FIELDS, OVERRIDABLE } from './contract/index.ts';

const LONGEST_VALUE = 500;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_VALUE;

/** What the workflow could not even begin without. Everything else of a start is the client's to check. */
export function faultInStart(start: unknown): string | null {
  if (!isFields(start) || !isFields(start['request']) || !isFields(start['policy'])) {
    return 'an onboarding is started with request, askedBefore and policy';
  }
  const { reference, email, require } = start['request'];
  const valid = isText(reference) && isText(email) && Array.isArray(require);
  if (!valid) return 'the request needs reference, email and require';
  const form = start['request']['registration'];
  const fault = form === undefined || form === null ? null : faultInFields(form);
  if (fault !== null) return fault;
  return isPolicy(start['policy']) ? null : 'the policy is not whole: see DEFAULT_POLICY';
}

function isPolicy({ reminderDays, reminderHours, deadlineDays, poll, repair }: Fields): boolean {
  return (
    Array.isArray(reminderDays) &&
    reminderDays.every(isDays) &&
    isDays(deadlineDays) &&
    isFields(reminderHours) &&
    [reminderHours['from'], reminderHours['to']].every(isNumber) &&
    isTimeZone(reminderHours['timeZone']) &&
    [poll, repair].every(
      (pauses) =>
        isFields(pauses) && [pauses['firstSeconds'], pauses['maxSeconds']].every(isSeconds),
    )
  );
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isWithin = (value: unknown, most: number) => isNumber(value) && value >= 0 && value <= most;
const isDays = (value: unknown) => isWithin(value, 3_660);
const isSeconds = (value: unknown) => isWithin(value, 31_622_400);

function isTimeZone(value: unknown): boolean {
  if (!isText(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).format(0) !== '';
  } catch {
    return false;
  }
}

export function faultInForm(form: unknown): string | null {
  const fault = faultInFields(form);
  if (fault !== null || !isFields(form)) return fault;
  const missing = Object.entries(FORM_FIELDS).find(
    ([field, need]) => need === 'required' && !isText(form[field]),
  );
  return missing ? `${missing[0]} is missing` : null;
}

/** What a form says may be too little, which AR24 tells then, but never anything else than texts. */
function faultInFields(form: unknown): string | null {
  if (!isFields(form)) return 'the registration form is not an object of fields';
  for (const [field, value] of Object.entries(form)) {
    if (!Object.hasOwn(FORM_FIELDS, field)) {
      return 'the registration form has a field that is not in the fixed list';
    }
    if (value !== undefined && value !== '' && !isText(value)) return `${field} is not a text`;
  }
  return null;
}

export function faultInAddress(address: unknown): string | null {
  const valid = isFields(address) && isText(address['email']) && isText(address['emailHash']);
  return valid ? null : 'the new address needs email and emailHash';
}

export function faultInCancel(cancel: unknown): string | null {
  const valid = isFields(cancel) && isText(cancel['by']) && isText(cancel['reason']);
  return valid ? null : 'a cancellation names by and reason';
}

export function faultInOverride(override: unknown): string | null {
  const valid = isFields(override) && isText(override['by']) && isText(override['reason']);
  if (!valid) return 'an override names requirement, by and reason';
  return OVERRIDABLE.some((requirement) => requirement === override['requirement'])
    ? null
    : `only these can be overridden: ${OVERRIDABLE.join(', ')}`;
}
