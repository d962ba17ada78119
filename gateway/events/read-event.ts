/** Finds the action that an event requests, by the configuration of its source. */
import {
  LANGUAGES,
  registrationForm,
  type Claimable,
  type StartRequest,
} from '../../client/index.ts';
import { valueAt, type JsonPath } from './json-path.ts';
import { momentOf } from './moment.ts';
import type { EventSource } from './sources.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

export interface EventFault {
  /** The field, and its configured place in the event. Never a value. */
  readonly field: string;
  readonly message: string;
}

/** The address of a sign-up, and the time from which it is known. */
export interface AddressReport {
  readonly reference: Reference;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly asOf: Date;
}

export type EventAction =
  | {
      readonly kind: 'start';
      readonly request: StartRequest;
      readonly addressAsOf?: Date | undefined;
      /** Why its registration form is not used. Absent if the form is used, or missing. */
      readonly formFaults?: readonly EventFault[];
    }
  | {
      readonly kind: 'correct';
      readonly report: AddressReport;
      /** The onboarding to start if none ever began. Undefined: none is started. */
      readonly otherwise: StartRequest | undefined;
      /** As for `start`, about the form in `otherwise`. */
      readonly formFaults?: readonly EventFault[];
    }
  | { readonly kind: 'cancel'; readonly reference: Reference; readonly type: string }
  | { readonly kind: 'erase'; readonly reference: Reference }
  | { readonly kind: 'resume'; readonly reference: Reference }
  | { readonly kind: 'claim'; readonly reference: Reference; readonly what: Claimable }
  /** The source has no action for this type. */
  | { readonly kind: 'none'; readonly type: string }
  /** The person signed up with a phone number, or anonymously. This is no fault. */
  | { readonly kind: 'without-address' }
  | { readonly kind: 'unusable'; readonly faults: readonly EventFault[] };

/** Never throws, as an event may be any JSON. */
export function readEvent(source: EventSource, event: unknown): EventAction {
  const { fields, effects } = source;
  const type = valueAt(fields.type, event);
  if (typeof type !== 'string') return unusable(missing(source, 'type'));
  const effect = effects.get(type);
  if (effect === undefined) return { kind: 'none', type };
  const id = identifierAt(fields.reference, event);
  if (id === undefined) return unusable(missing(source, 'reference'));
  const reference = source.referenceEncoding === 'none' ? id : encodedReference(id);
  if (reference === undefined) {
    return unusable(faultOf(source, 'reference', 'must be a text, and no e-mail address'));
  }
  const isEnding = effect.kind === 'cancel' || effect.kind === 'erase';
  if (isEnding && source.needsEventId && eventIdIn(source, event) === undefined) {
    return unusable(missing(source, 'eventId'));
  }
  switch (effect.kind) {
    case 'start':
    case 'correct': {
      const email = fields.email && textAt(fields.email, event)?.trim();
      if (email === undefined || email === '') return { kind: 'without-address' };
      const start = requestOf(source, { reference, email }, event);
      return effect.kind === 'start'
        ? { kind: 'start', ...start, addressAsOf: asOfIn(fields.updatedAt, event) }
        : correctionOf(source, start, event);
    }
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

/** The event's own id, if its source configures one. */
export function eventIdIn({ fields }: EventSource, event: unknown): string | undefined {
  const id = fields.eventId && valueAt(fields.eventId, event);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function correctionOf(
  source: EventSource,
  { request, ...more }: StartOfEvent,
  event: unknown,
): EventAction {
  const { fields, rememberedForMs } = source;
  const asOf = asOfIn(fields.updatedAt, event);
  if (asOf === undefined) return unusable(missing(source, 'updatedAt'));
  const { reference, email, emailVerified = false } = request;
  const signedUpAt = fields.signedUpAt && momentOf(valueAt(fields.signedUpAt, event));
  const isRecent = signedUpAt !== undefined && Date.now() - signedUpAt < rememberedForMs;
  return {
    kind: 'correct',
    report: { reference, email, emailVerified, asOf },
    otherwise: isRecent ? request : undefined,
    ...(isRecent && more),
  };
}

/** Never later than now: an event from a wrong clock must not override all later events. */
function asOfIn(path: JsonPath | undefined, event: unknown): Date | undefined {
  const at = path && momentOf(valueAt(path, event));
  return at === undefined ? undefined : new Date(Math.min(at, Date.now()));
}

function unusable(fault: EventFault): EventAction {
  return { kind: 'unusable', faults: [fault] };
}

/** The fault of a field, with its configured place. */
export function faultOf({ fields }: EventSource, name: string, message: string): EventFault {
  const paths: Readonly<Record<string, JsonPath | undefined>> = {
    type: fields.type,
    reference: fields.reference,
    email: fields.email,
    eventId: fields.eventId,
    updatedAt: fields.updatedAt,
  };
  const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
  return { field: path === undefined ? name : `${name} (${path.written})`, message };
}

type NeededField = 'eventId' | 'reference' | 'type' | 'updatedAt';

function missing(source: EventSource, name: NeededField): EventFault {
  return faultOf(source, name, 'is missing, or has several values');
}

interface StartOfEvent {
  readonly request: StartRequest;
  readonly formFaults?: readonly EventFault[];
}

function requestOf(
  { fields, language, require }: EventSource,
  person: Pick<StartRequest, 'email' | 'reference'>,
  event: unknown,
): StartOfEvent {
  const named = languageAt(fields.language, event) ?? language;
  const { registration, ...more } = registrationAt(fields.registration, event);
  const request = {
    ...person,
    emailVerified: isVerified(fields.emailVerified, event),
    require: [...require],
    ...(named !== undefined && { language: named }),
    ...(registration !== undefined && { registration }),
  };
  return { request, ...more };
}

/** Only the configured field proves that an address is this person's. */
function isVerified(verified: EventSource['fields']['emailVerified'], event: unknown): boolean {
  if (typeof verified === 'boolean') return verified;
  if ('isTime' in verified) return momentOf(valueAt(verified.path, event)) !== undefined;
  if ('equals' in verified) return valueAt(verified.path, event) === verified.equals;
  return valueAt(verified, event) === true;
}

/** `fr`, `fr-FR` and `FR_be` are all French. */
function languageAt(path: JsonPath | undefined, event: unknown): StartRequest['language'] {
  const tag = path && textAt(path, event)?.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((one) => one === tag);
}

/** Only a complete and valid form is used. Otherwise the person fills it in on the page, and the sign-up still counts. */
function registrationAt(
  paths: EventSource['fields']['registration'],
  event: unknown,
): Pick<StartRequest, 'registration'> & Pick<StartOfEvent, 'formFaults'> {
  const written = Object.entries(paths ?? {}).flatMap(([field, path]) => {
    const value = wordAt(path, event);
    return value === undefined ? [] : [[field, value] as const];
  });
  if (written.length === 0) return {};
  const parsed = registrationForm.safeParse(Object.fromEntries(written), { reportInput: false });
  if (parsed.success) return { registration: parsed.data };
  const formFaults = parsed.error.issues.map(({ path, message }) => ({
    field: ['registration', ...path].join('.'),
    message,
  }));
  return { formFaults };
}

/** Some fields may be booleans. */
function wordAt(path: JsonPath, event: unknown): string | boolean | undefined {
  const value = valueAt(path, event);
  return typeof value === 'boolean' ? value : identifierAt(path, event);
}

function textAt(path: JsonPath, event: unknown): string | undefined {
  const value = valueAt(path, event);
  return typeof value === 'string' ? value : undefined;
}

/** Some providers send ids and postcodes as numbers. */
function identifierAt(path: JsonPath, event: unknown): string | undefined {
  const value = valueAt(path, event);
  return Number.isSafeInteger(value)
    ? String(value)
    : typeof value === 'string'
      ? value
      : undefined;
}

/** Characters that stay. The colon does not, as it marks encoded bytes. */
const PLAIN = /^[A-Za-z0-9_.-]$/;

/**
 * Encodes a reference reversibly. Each other character becomes the bytes of its UTF-8, each as a colon and two
 * hexadecimal digits: `auth0|507f` is `auth0:7C507f`. Back: `decodeURIComponent(reference.replaceAll(':', '%'))`.
 *
 * @returns undefined for an address, which must never be a reference, and for malformed Unicode
 */
function encodedReference(id: string): string | undefined {
  if (id.includes('@') || !id.isWellFormed()) return undefined;
  return Array.from(id, (character) => (PLAIN.test(character) ? character : inHex(character))).join(
    '',
  );
}

function inHex(character: string): string {
  return Array.from(Buffer.from(character), (byte) => {
    const digits = byte.toString(16).toUpperCase().padStart(2, '0');
    return `:${digits}`;
  }).join('');
}
