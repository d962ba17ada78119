/** The configured sources of sign-up events, with the effect of each type of event. */
import type { Claimable, Language, OptionalRequirement } from '../../client/index.ts';
import { withoutNulls } from '../../client/schemas/parse.ts';
import { fileSchema, type WrittenSource } from './schema.ts';
import { createVerifier, secretExpected, secretOf } from './signatures/create.ts';
import type { Verifier } from './signatures/verdict.ts';

/** The effect of an event on the onboarding of its reference. */
export type EventEffect =
  | { readonly kind: 'start' }
  /** Corrects the address, as long as no account exists, and has AR24 read. */
  | { readonly kind: 'correct' }
  | { readonly kind: 'cancel' }
  /** Erases everything that is stored of the sender. */
  | { readonly kind: 'erase' }
  /** Has AR24 read. */
  | { readonly kind: 'resume' }
  /** Claims that a requirement is satisfied. AR24 is read before it is believed. */
  | { readonly kind: 'claim'; readonly what: Claimable };

export interface EventSource {
  /** The last part of its path. */
  readonly name: string;
  /** Checks that an event is signed by this source. It closes over the secrets. */
  readonly verify: Verifier;
  readonly fields: WrittenSource['fields'];
  /** Whether only `fields.eventId` distinguishes a repeated delivery from another event with the same body. */
  readonly needsEventId: boolean;
  /** If the event names none that we have. */
  readonly language: Language | undefined;
  readonly require: readonly OptionalRequirement[];
  readonly referenceEncoding: WrittenSource['referenceEncoding'];
  /** The maximal age of a sign-up that a correcting event starts (ms). 0: it starts none. */
  readonly rememberedForMs: number;
  /** By the event's type. */
  readonly effects: ReadonlyMap<string, EventEffect>;
}

const DAY_MS = 86_400_000;

/**
 * The secrets in the variable that `secretsFrom` names; undefined if it is not set.
 *
 * @throws TypeError without the value, if it cannot be read
 */
type SecretsIn = (variable: string) => string | undefined;

/**
 * @param json the file's text
 * @throws TypeError with all faults, and without any value
 */
export function parseEventSources(json: string, secretsIn: SecretsIn): readonly EventSource[] {
  const parsed = fileSchema.safeParse(withoutNulls(readJson(json)), { reportInput: false });
  if (!parsed.success) {
    throw errorOf(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  }
  const faults: string[] = [];
  const taken = new Map<string, string>();
  const sources = parsed.data.sources.map((written, index): EventSource => {
    const fault = (field: string, message: string): void => {
      faults.push(`sources.${index}.${field}: ${message}`);
    };
    const { name, fields, language, referenceEncoding, require = [] } = written;
    once(taken, `name ${name}`, name, () => {
      fault('name', `another source is called ${name}`);
    });
    const secrets = secretsOf(written, secretsIn, fault);
    for (const secret of secrets) {
      once(taken, `secret ${Buffer.from(secret).toString('hex')}`, name, (owner) => {
        if (owner === name) return;
        fault('secrets', `one is also a secret of ${owner}: its holder could send events of both`);
      });
    }
    const effects = effectsOf(written, fault);
    if (written.events.start.length > 0 && fields.email === undefined) {
      fault('fields.email', 'is needed by events that start an onboarding');
    }
    checkCorrecting(written, fault);
    const needsEventId = mayRecur(written);
    checkEventId(written, needsEventId, fault);
    const verify = createVerifier(written.signature, secrets);
    const rememberedForMs =
      written.withoutAddress === 'remember' ? written.rememberDays * DAY_MS : 0;
    const how = { language, require, referenceEncoding, rememberedForMs };
    return { name, verify, fields, needsEventId, effects, ...how };
  });
  if (faults.length > 0) throw errorOf(faults);
  return sources;
}

type Fault = (field: string, message: string) => void;

function secretsOf(
  { secrets, secretsFrom, signature }: WrittenSource,
  secretsIn: SecretsIn,
  fault: Fault,
): readonly Uint8Array[] {
  let named: string | undefined;
  if (secretsFrom !== undefined) {
    try {
      named = secretsIn(secretsFrom);
      if ((named ?? '').trim() === '') fault('secretsFrom', `${secretsFrom} is not set`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      fault('secretsFrom', error.message);
    }
  }
  // Supabase writes secrets with `v1,` in front, and here the comma separates secrets.
  const fromEnvironment = (named ?? '').split(/[\s,]+/).filter((one) => !['', 'v1'].includes(one));
  if (secrets.length === 0 && secretsFrom === undefined && signature.scheme !== 'jwt') {
    fault('secrets', 'are missing: name a variable in secretsFrom');
  }
  return [...secrets, ...fromEnvironment].flatMap((written, index) => {
    const secret = secretOf(signature, written);
    if (secret !== undefined) return [secret];
    const field = index < secrets.length ? `secrets.${index}` : 'secretsFrom';
    fault(field, secretExpected(signature));
    return [];
  });
}

/** Whether two events may have the same body, and the scheme distinguishes events by their bodies. */
function mayRecur({ signature, sameBodyIsSameEvent }: WrittenSource): boolean {
  return (
    signature.scheme !== 'standard-webhooks' &&
    signature.sentAt === undefined &&
    !sameBodyIsSameEvent
  );
}

/** Without an id, the second erasure of a person would be taken for a repeated delivery of the first. */
function checkEventId({ events, fields }: WrittenSource, isNeeded: boolean, fault: Fault): void {
  if (!isNeeded || fields.eventId !== undefined) return;
  if (events.cancel.length === 0 && events.erase.length === 0) return;
  fault(
    'fields.eventId',
    'is needed by events that cancel or erase, or signature.sentAt, or sameBodyIsSameEvent: a second event with ' +
      'the same body would have no effect',
  );
}

/** Correcting events need further fields. */
function checkCorrecting({ events, fields, withoutAddress }: WrittenSource, fault: Fault): void {
  if (events.correct.length > 0) {
    if (fields.email === undefined) fault('fields.email', 'is needed by events that correct it');
    if (fields.updatedAt === undefined) {
      fault(
        'fields.updatedAt',
        'is needed by events that correct: an older one must change nothing',
      );
    }
  }
  if (withoutAddress !== 'remember') return;
  if (events.correct.length === 0) {
    fault(
      'withoutAddress',
      'remember needs events.correct: such an event starts the remembered sign-up',
    );
  }
  if (fields.signedUpAt === undefined) {
    fault(
      'fields.signedUpAt',
      'is needed to remember: an old sign-up must not start an onboarding',
    );
  }
}

function effectsOf({ events }: WrittenSource, fault: Fault): ReadonlyMap<string, EventEffect> {
  const { start, correct, cancel, erase, resume, claim = {} } = events;
  const written: readonly (readonly [string, EventEffect])[] = [
    ...start.map((type) => [type, { kind: 'start' }] as const),
    ...correct.map((type) => [type, { kind: 'correct' }] as const),
    ...cancel.map((type) => [type, { kind: 'cancel' }] as const),
    ...erase.map((type) => [type, { kind: 'erase' }] as const),
    ...resume.map((type) => [type, { kind: 'resume' }] as const),
    ...(['attachment', 'email', 'terms'] as const).flatMap((what) =>
      (claim[what] ?? []).map((type) => [type, { kind: 'claim', what }] as const),
    ),
  ];
  const effects = new Map(written);
  if (effects.size === 0) fault('events', 'no event does anything');
  if (effects.size < written.length) fault('events', 'a type of event is named twice');
  return effects;
}

function once(
  taken: Map<string, string>,
  what: string,
  owner: string,
  otherwise: (owner: string) => void,
): void {
  const before = taken.get(what);
  if (before === undefined) taken.set(what, owner);
  else otherwise(before);
}

/** The message of JSON.parse repeats the text around the fault, which may be a secret. */
function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const [at = 'somewhere'] = /line \d+ column \d+/.exec(String(error)) ?? [];
    throw errorOf([`it is no JSON, at ${at}`]);
  }
}

function errorOf(faults: readonly string[]): TypeError {
  return new TypeError(faults.join('\n'));
}
