import { z } from 'zod';
import { WEBHOOK_STATES } from '../webhooks/states.ts';

/** Slugs made up here, where AR24's own is not public, end in `_simulated`. */
const slug = z.string().regex(/^[a-z0-9_]{1,64}$/, 'a slug: a-z, 0-9 and _, at most 64');
const handling = z.enum(['honoured', 'ignored', 'refused']);

/**
 * What AR24's public material leaves open, or what differs from token to token
 * (docs/ar24-api.md 10 and 11). Strict: an unknown name is an error that names it.
 */
export const SwitchesSchema = z.strictObject({
  /** Successes travel encrypted (1.5). Off: a legacy token. */
  encryptSuccesses: z.boolean(),
  /** `date` and `signature` are required (1.4). Off: a legacy token, which may omit both. */
  requireSignature: z.boolean(),
  /** Which refusal comes first when both token and date are wrong (10, item 7). */
  checkOrder: z.enum(['token-first', 'date-first']),
  /** Seconds by which `date` may lie in the past (1.3). */
  pastToleranceS: z.number().min(0),
  /** How a `date` in the hour that autumn repeats is read (1.3): it does not say which it means. */
  repeatedHour: z.enum(['either', 'first', 'second']),
  /** A `date` is taken once only (10, item 7). */
  rejectDateReuse: z.boolean(),
  dateReuseSlug: slug,
  /** Not public (7.4). */
  wrongSignatureSlug: slug,
  /** Of `message`, where no `Accept-Language` asks for another (10, item 18). */
  defaultLanguage: z.enum(['en', 'fr', 'nl']),

  /** 3.3, "Trap". */
  duplicateSlug: z.enum(['user_already_exist', 'user_not_created']),
  /** Whether `A@x.org` and `a@x.org` are one account (10, item 9). */
  emailCase: z.enum(['insensitive', 'sensitive']),
  /** `confirmed=1` on creation (10, item 10). */
  confirmedParameter: handling,
  /** `cgu=1` on creation: needs a setting of AR24's on the token (3.1). */
  cguParameter: handling,
  /** The answer to a refused `confirmed=1` or `cgu=1`. */
  refusedParameterSlug: slug,
  /** AR24 mails the terms by itself on creation (6). */
  termsMailOnCreation: z.boolean(),
  /** Absence of `gender` is refused like a wrong value (3.1 leaves it open). */
  genderRequired: z.boolean(),
  /** Whether France counts as Europe where the VAT number is required (3.1). */
  vatRequiredInFrance: z.boolean(),
  /** Well-formed SIRETs for which no company is found. */
  unknownSirets: z.array(z.string()),

  /** `request_access` for an address without an account (5). */
  accessNoAccountSlug: slug,
  /** `request_access` where access is granted already (5). Success sends no mail. */
  alreadyAttachedAnswer: z.enum(['success', 'error']),
  alreadyAttachedSlug: slug,
  /** `request_access` while an earlier request waits for the holder. */
  pendingAccessAgain: z.enum(['mail', 'silent']),
  /** `request_access` after the holder has refused. */
  refusedAccessAgain: z.enum(['mail', 'error']),
  refusedAccessSlug: slug,
  /** `request_cgu` where the terms are accepted already (6). Success sends no mail. */
  termsAcceptedAnswer: z.enum(['success', 'error']),
  termsAcceptedSlug: slug,
  /** The field of `payment_request`'s answer that carries the link (7.1). */
  paymentLinkField: z.string().min(1),
  /** `identity` for an account without a postal address to send the letter to (7.2). */
  identityNoAddressSlug: slug,
  /** The `result` of calls that return nothing. */
  emptyResult: z.enum(['object', 'array', 'absent']),

  /** JSON types of identifiers and flags (4.2): `mixed` is as in the public sample. */
  numbersAs: z.enum(['strings', 'numbers', 'mixed']),
  /** Fields that nobody knows yet (1.6, "evolution"). */
  extraFields: z.boolean(),
  /** How an unverified identity shows: not at all, or as `false` (4.2). */
  identityField: z.enum(['absent', 'false']),
  /** Fields left out of every user object. */
  hideFields: z.array(z.string()),
  customRefShown: z.boolean(),

  /** Called on every change of an account that its holder makes (8); null: no webhooks. */
  webhookUrl: z.url({ protocol: /^https?$/ }).nullable(),
  webhookEncoding: z.enum(['urlencoded', 'json']),
  /** Name of each field sent, and what it carries. User events are not public (8). */
  webhookFields: z.record(
    z.string().min(1),
    z.enum(['id', 'email', 'custom_ref', 'state', 'date']),
  ),
  webhookStates: z.array(z.enum(WEBHOOK_STATES)),
});

export type Switches = z.infer<typeof SwitchesSchema>;

/** As close to AR24 as public material allows; where it is silent, the stricter choice. */
export const DEFAULT_SWITCHES: Switches = {
  encryptSuccesses: true,
  requireSignature: true,
  checkOrder: 'token-first',
  pastToleranceS: 0,
  repeatedHour: 'either',
  rejectDateReuse: false,
  dateReuseSlug: 'date_already_used_simulated',
  wrongSignatureSlug: 'invalid_signature_simulated',
  defaultLanguage: 'en',
  duplicateSlug: 'user_already_exist',
  emailCase: 'insensitive',
  confirmedParameter: 'honoured',
  cguParameter: 'ignored',
  refusedParameterSlug: 'user_not_created',
  termsMailOnCreation: true,
  genderRequired: true,
  vatRequiredInFrance: false,
  unknownSirets: [],
  accessNoAccountSlug: 'user_not_exist',
  alreadyAttachedAnswer: 'success',
  alreadyAttachedSlug: 'already_attached_simulated',
  pendingAccessAgain: 'mail',
  refusedAccessAgain: 'mail',
  refusedAccessSlug: 'attachment_refused_simulated',
  termsAcceptedAnswer: 'success',
  termsAcceptedSlug: 'terms_already_accepted_simulated',
  paymentLinkField: 'link',
  identityNoAddressSlug: 'address_incomplete_simulated',
  emptyResult: 'object',
  numbersAs: 'mixed',
  extraFields: false,
  identityField: 'absent',
  hideFields: [],
  customRefShown: true,
  webhookUrl: null,
  webhookEncoding: 'urlencoded',
  webhookFields: { id_user: 'id', new_state: 'state' },
  webhookStates: [...WEBHOOK_STATES],
};
