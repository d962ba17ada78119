import { z } from 'zod';
import { WEBHOOK_STATES } from '../webhooks/delivery.ts';

/** Where AR24's own slug is not public, the simulator's ends in `_simulated`. */
const slug = z.string().regex(/^[a-z0-9_]{1,64}$/, 'a slug: a-z, 0-9 and _, at most 64');
const handling = z.enum(['honoured', 'ignored', 'refused']);

/**
 * Behaviour that AR24's public material leaves open, or that differs between tokens
 * (docs/ar24-api.md 10 and 11). An unknown name is an error.
 */
export const SwitchesSchema = z.strictObject({
  /** Successes are encrypted (1.5). Off: a legacy token. */
  encryptSuccesses: z.boolean(),
  /** `date` and `signature` are required (1.4). Off: a legacy token, which may omit both. */
  requireSignature: z.boolean(),
  /** The error when both the token and the date are wrong (10, item 7). */
  checkOrder: z.enum(['token-first', 'date-first']),
  /** Seconds by which `date` may be in the past (1.3). */
  pastToleranceS: z.number().min(0),
  /** How an ambiguous `date` in the repeated hour in autumn is read (1.3). */
  repeatedHour: z.enum(['either', 'first', 'second']),
  /** A `date` is accepted only once (10, item 7). */
  rejectDateReuse: z.boolean(),
  dateReuseSlug: slug,
  /** Not public (7.4). */
  wrongSignatureSlug: slug,
  /** The language of `message` without `Accept-Language` (10, item 18). */
  defaultLanguage: z.enum(['en', 'fr', 'nl']),

  /** The slug for an address that has an account (3.3, "Trap"). */
  duplicateSlug: slug,
  /** Whether `A@x.org` and `a@x.org` are one account (10, item 9). */
  emailCase: z.enum(['insensitive', 'sensitive']),
  /** `confirmed=1` on creation (10, item 10). */
  confirmedParameter: handling,
  /** `cgu=1` on creation: needs a setting of AR24's on the token (3.1). */
  cguParameter: handling,
  /** The answer to a refused `confirmed=1` or `cgu=1`. */
  refusedParameterSlug: slug,
  /** AR24 mails the terms on creation (6). */
  termsMailOnCreation: z.boolean(),
  /** A missing `gender` is refused like a wrong value (3.1 leaves it open). */
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
  /** `identity` while a letter is on its way: another paid letter, no letter, or an error. */
  identityOnOrder: z.enum(['letter', 'silent', 'error']),
  identityOnOrderSlug: slug,
  /** Days for which a verified identity holds (7.2); null: for ever. */
  identityDays: z.number().min(0).nullable(),
  /** Whether an identity by certificate shows as verified (7.2). */
  certificateShown: z.boolean(),
  /** Minutes for which the link that confirms an address works (7.5); null: for ever. */
  confirmationLinkMinutes: z.number().min(0).nullable(),
  /** What following it later does: sends another mail, does nothing, or removes the account (7.5). */
  confirmationLinkOver: z.enum(['mail', 'nothing', 'account-gone']),
  /** The `result` of calls that return nothing. */
  emptyResult: z.enum(['object', 'array', 'absent']),

  /** JSON types of identifiers and flags (4.2): `mixed` is as in the public sample. */
  numbersAs: z.enum(['strings', 'numbers', 'mixed']),
  /** Adds undocumented fields (1.6, "evolution"). */
  extraFields: z.boolean(),
  /** How an unverified identity shows: not at all, or as `false` (4.2). */
  identityField: z.enum(['absent', 'false']),
  /** Fields left out of every user object. */
  hideFields: z.array(z.string()),
  customRefShown: z.boolean(),

  /** Called on every change that a holder makes to their account (8); null: no webhooks. */
  webhookUrl: z.url({ protocol: /^https?$/ }).nullable(),
  webhookEncoding: z.enum(['urlencoded', 'json']),
  /** The name and the content of each field. The format of user events is not public (8). */
  webhookFields: z.record(
    z.string().min(1),
    z.enum(['id', 'email', 'custom_ref', 'state', 'date']),
  ),
  webhookStates: z.array(z.enum(WEBHOOK_STATES)),
});

export type Switches = z.infer<typeof SwitchesSchema>;

/** AR24 as most public clients have documented it; where nothing is known, the stricter choice. */
export const DEFAULT_SWITCHES: Switches = {
  encryptSuccesses: true,
  requireSignature: true,
  checkOrder: 'token-first',
  // Most clients sign the very second of the call.
  pastToleranceS: 5,
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
  identityOnOrder: 'letter',
  identityOnOrderSlug: 'identity_on_order_simulated',
  identityDays: null,
  certificateShown: false,
  confirmationLinkMinutes: null,
  confirmationLinkOver: 'mail',
  emptyResult: 'object',
  // A public client in production accepts only strings as identifiers.
  numbersAs: 'strings',
  extraFields: false,
  identityField: 'absent',
  hideFields: [],
  customRefShown: true,
  webhookUrl: null,
  webhookEncoding: 'urlencoded',
  webhookFields: { id_user: 'id', new_state: 'state' },
  webhookStates: [...WEBHOOK_STATES],
};
