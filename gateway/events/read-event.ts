/** What an event asks for, by the configuration of its source. */
import {
  LANGUAGES,
  registrationForm,
  type Claimable,
  type StartRequest,
} from '../../client/index.ts';
import { valueAt, type JsonPath } from './json-path.ts';
import type { EventSource } from './sources.ts';

export interface EventFault {
  /** Which field, and where the source is configured to have it. Never a value. */
  readonly field: string;
  readonly message: string;
}

export type Deed =
  | { readonly kind: 'start'; readonly request: StartRequest }
  | { readonly kind: 'cancel'; readonly reference: string; readonly type: string }
  | { readonly kind: 'erase'; readonly reference: string }
  | { readonly kind: 'resume'; readonly reference: string }
  | { readonly kind: 'claim'; readonly reference: string; readonly what: Claimable }
  /** Nothing that the source is configured for. */
  | { readonly kind: 'none'; readonly type: string }
  | { readonly kind: 'unusable'; readonly faults: readonly EventFault[] };

/** Never throws, whatever the event is. */
export function readEvent(source: EventSource, event: unknown): Deed {
  const { fields, effects } = source;
  const type = valueAt(fields.type, event);
  if (typeof type !== 'string') return { kind: 'unusable', faults: [missing(source, 'type')] };
  const effect = effects.get(type);
  if (effect === undefined) return { kind: 'none', type };
  const reference = identifierAt(fields.reference, event);
  const faults = reference === undefined ? [missing(source, 'reference')] : [];
  if (effect.kind === 'start') {
    const email = fields.email && textAt(fields.email, event);
    if (email === undefined) faults.push(missing(source, 'email'));
    if (reference === undefined || email === undefined) return { kind: 'unusable', faults };
    return { kind: 'start', request: requestOf(source, { reference, email }, event) };
  }
  if (reference === undefined) return { kind: 'unusable', faults };
  switch (effect.kind) {
    case 'cancel':
      return { kind: 'cancel', reference, type };
    case 'erase':
      return { kind: 'erase', reference };
    case 'resume':
      return { kind: 'resume', reference };
    case 'claim':
      return { kind: 'claim', reference, what: effect.what };
  }
}

/** The fault of a field, with where it was looked for. */
export function faultOf({ fields }: EventSource, name: string, message: string): EventFault {
  const paths: Readonly<Record<string, JsonPath | undefined>> = {
    type: fields.type,
    reference: fields.reference,
    email: fields.email,
  };
  const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
  return { field: path === undefined ? name : `${name} (${path.written})`, message };
}

function missing(source: EventSource, name: 'email' | 'reference' | 'type'): EventFault {
  return faultOf(source, name, 'is not there, or not once');
}

function requestOf(
  { fields, language, require }: EventSource,
  who: Pick<StartRequest, 'email' | 'reference'>,
  event: unknown,
): StartRequest {
  const named = languageAt(fields.language, event) ?? language;
  const registration = registrationAt(fields.registration, event);
  return {
    ...who,
    emailVerified: isVerified(fields.emailVerified, event),
    require: [...require],
    ...(named !== undefined && { language: named }),
    ...(registration !== undefined && { registration }),
  };
}

/** Nothing but what the configuration says proves that an address is this person's. */
function isVerified(verified: EventSource['fields']['emailVerified'], event: unknown): boolean {
  if (typeof verified === 'boolean') return verified;
  if ('equals' in verified) return valueAt(verified.path, event) === verified.equals;
  return valueAt(verified, event) === true;
}

/** `fr`, `fr-FR` and `FR_be` are all French. */
function languageAt(path: JsonPath | undefined, event: unknown): StartRequest['language'] {
  const tag = path && textAt(path, event)?.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((one) => one === tag);
}

/** Only a form that is whole: the person fills in the rest otherwise, and no sign-up is lost for it. */
function registrationAt(
  paths: EventSource['fields']['registration'],
  event: unknown,
): StartRequest['registration'] {
  if (paths === undefined) return undefined;
  const values = Object.entries(paths).map(([field, path]) => [field, identifierAt(path, event)]);
  return registrationForm.safeParse(Object.fromEntries(values)).data;
}

function textAt(path: JsonPath, event: unknown): string | undefined {
  const value = valueAt(path, event);
  return typeof value === 'string' ? value : undefined;
}

/** Ids and postcodes are numbers at some. */
function identifierAt(path: JsonPath, event: unknown): string | undefined {
  const value = valueAt(path, event);
  return Number.isSafeInteger(value)
    ? String(value)
    : typeof value === 'string'
      ? value
      : undefined;
}
