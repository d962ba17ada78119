/** Whose sign-up events are taken, and what each type of them does. Configured, not coded. */
import type { Claimable, Language, OptionalRequirement } from '../../client/index.ts';
import { fileSchema, type WrittenSource } from './schema.ts';
import { createVerifier, parseSecret, type Verifier } from './secrets.ts';

/** What an event of some type does to the onboarding of its reference. */
export type Effect =
  | { readonly kind: 'start' }
  | { readonly kind: 'cancel' }
  /** All that is kept of the sender is forgotten. */
  | { readonly kind: 'erase' }
  /** AR24 is looked at. */
  | { readonly kind: 'resume' }
  /** Somebody's word that something was accepted. AR24 is read before it is believed. */
  | { readonly kind: 'claim'; readonly what: Claimable };

export interface EventSource {
  /** The end of its path. */
  readonly name: string;
  /** Whether an event was signed with one of its secrets, which are kept in here. */
  readonly verify: Verifier;
  readonly fields: WrittenSource['fields'];
  /** Where the event names none that we have. */
  readonly language: Language | undefined;
  readonly require: readonly OptionalRequirement[];
  /** By the event's type. */
  readonly effects: ReadonlyMap<string, Effect>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param json the file's text
 * @param environment where the secrets of `secretsFrom` are
 * @throws TypeError with every fault, and neither a secret nor any other value
 */
export function parseEventSources(json: string, environment: Environment): readonly EventSource[] {
  const parsed = fileSchema.safeParse(readJson(json), { reportInput: false });
  if (!parsed.success) {
    throw told(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  }
  const faults: string[] = [];
  const taken = new Map<string, string>();
  const sources = parsed.data.sources.map((written, index): EventSource => {
    const fault = (field: string, message: string): void => {
      faults.push(`sources.${index}.${field}: ${message}`);
    };
    const { name, fields, language, require = [] } = written;
    once(taken, `name ${name}`, name, () => {
      fault('name', `there is another source ${name}`);
    });
    const secrets = secretsOf(written, environment, fault);
    for (const secret of secrets) {
      once(taken, `secret ${Buffer.from(secret).toString('hex')}`, name, (owner) => {
        if (owner === name) return;
        fault('secrets', `one is a secret of ${owner} too: whoever has it could speak for both`);
      });
    }
    const effects = effectsOf(written, fault);
    if (written.events.start.length > 0 && fields.email === undefined) {
      fault('fields.email', 'is needed by events that start an onboarding');
    }
    return { name, verify: createVerifier(secrets), fields, language, require, effects };
  });
  if (faults.length > 0) throw told(faults);
  return sources;
}

type Fault = (field: string, message: string) => void;

function secretsOf(
  { secrets, secretsFrom }: WrittenSource,
  environment: Environment,
  fault: Fault,
): readonly Uint8Array[] {
  const named = secretsFrom === undefined ? undefined : environment[secretsFrom];
  if (secretsFrom !== undefined && (named ?? '').trim() === '') {
    fault('secretsFrom', `${secretsFrom} is not set`);
  }
  // `v1,` is part of how Supabase writes a secret, and the comma stands between them here.
  const fromEnvironment = (named ?? '').split(/[\s,]+/).filter((one) => !['', 'v1'].includes(one));
  if (secrets.length === 0 && secretsFrom === undefined) {
    fault('secrets', 'there is none: name a variable in secretsFrom');
  }
  return [...secrets, ...fromEnvironment].flatMap((written, index) => {
    const secret = parseSecret(written);
    if (secret !== undefined) return [secret];
    const field = index < secrets.length ? `secrets.${index}` : 'secretsFrom';
    fault(field, '24 bytes or more in base64 are expected, such as whsec_…');
    return [];
  });
}

function effectsOf({ events }: WrittenSource, fault: Fault): ReadonlyMap<string, Effect> {
  const { start, cancel, erase, resume, claim = {} } = events;
  const written: readonly (readonly [string, Effect])[] = [
    ...start.map((type) => [type, { kind: 'start' }] as const),
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

/** The engine's own message repeats what stands around the fault, which may be a secret. */
function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const [at = 'somewhere'] = /line \d+ column \d+/.exec(String(error)) ?? [];
    throw told([`it is no JSON, at ${at}`]);
  }
}

function told(faults: readonly string[]): TypeError {
  return new TypeError(faults.join('\n'));
}
