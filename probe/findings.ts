/**
 * Everything the probe can find out: the type of each finding, its meaning, the section of docs/ar24-api.md about it,
 * and the values which that document states or infers. A value beyond those is a contradiction.
 */
import { z } from 'zod';

/** `success`, one of AR24's slugs, `http-404` and the like, `unreadable`, `timeout` or `no-answer`. */
const outcome = z.string().regex(/^[a-z0-9_-]{1,80}$/);
const count = z.int().min(0);
const header = z.string().max(200);
/** The name of a JSON member. */
const fieldName = z.string().regex(/^[\w.-]{1,64}$/);
const names = z.array(fieldName);
const handling = z.enum(['honoured', 'ignored', 'refused']);
/** After a person acted: which fields of the account differ, and how soon they did. */
const change = z.strictObject({
  changed: names,
  /** Seconds until the flag showed it, rounded up to 2, 10, 60 or 600; null: not while the probe waited. */
  withinS: z.literal([2, 10, 60, 600]).nullable(),
});
export type Change = z.infer<typeof change>;

/** What a field of a webhook holds, never its value. */
const content = z.enum(['id', 'email', 'custom_ref', 'date', 'word', 'number', 'other']);
const webhook = z.strictObject({
  method: z.enum(['POST', 'GET', 'PUT']),
  encoding: z.enum(['urlencoded', 'json', 'other']),
  fields: z.record(fieldName, content),
});
export type Webhook = z.infer<typeof webhook>;

const EVENTS = ['access_refused', 'access_granted', 'email_confirmed', 'terms_accepted'] as const;
export type WebhookEvent = (typeof EVENTS)[number];
const webhooks = z.strictObject({
  /** What people did while the probe listened, and whether a webhook came. */
  events: z.partialRecord(z.enum(EVENTS), z.boolean()),
  /** The different shapes that came, about accounts of the probe. */
  shapes: z.array(webhook),
  /** Other requests: of scanners, or about accounts that the probe does not recognize. */
  unknownCallers: z.array(webhook),
});

interface Meaning<T extends z.ZodType> {
  readonly schema: T;
  readonly meaning: string;
  /** Of docs/ar24-api.md. */
  readonly section: string;
  /** Values that do not contradict the document; undefined: the document states none. */
  readonly documented?: readonly z.output<T>[];
}

function finding<const T extends z.ZodType>(
  section: string,
  meaning: string,
  schema: T,
  documented?: readonly z.output<T>[],
): Meaning<T> {
  return { schema, meaning, section, ...(documented !== undefined && { documented }) };
}

const WITH_TEN_MINUTES = [598, 599, 600, 601, 602];

export const FINDINGS = {
  successStatus: finding('1.6', 'HTTP status of a success', count, [200]),
  refusalStatus: finding('1.6', 'HTTP status of a refusal', count, [200]),
  successEncrypted: finding('1.5', 'successes are encrypted', z.boolean(), [true]),
  refusalEncrypted: finding('1.5', 'refusals are encrypted', z.boolean(), [false]),
  successContentType: finding('10, item 17', 'content type of a success', header),
  refusalContentType: finding('10, item 17', 'content type of a refusal', header),
  successCompression: finding('1.5', 'compression of a success', header),
  memberOrder: finding('1.5', 'members of a success, in this order', z.array(fieldName), [
    ['status', 'result'],
  ]),
  trailingSlash: finding('1.1', 'GET /user/list/, with a slash at the end', outcome, ['success']),
  unknownRoute: finding('10, item 6', 'a route that does not exist', outcome),
  unknownRouteContentType: finding('10, item 6', 'content type of that answer', header),
  userInfoRoute: finding('2', 'GET /user/info, which one help page mentions', outcome),

  missingToken: finding('7.4', 'without a token', outcome, ['token_missing']),
  wrongToken: finding('7.4', 'with a wrong token', outcome, ['token_invalid']),
  missingDate: finding('7.4', 'without date and signature', outcome, ['empty_date', 'success']),
  missingSignature: finding('7.4', 'without a signature', outcome, ['empty_signature', 'success']),
  wrongSignature: finding('7.4', 'with a wrong signature', outcome),
  malformedDate: finding('7.4', 'with a date that is none', outcome, ['invalid_date']),
  checkOrder: finding(
    '10, item 7',
    'which error comes first if both token and date are wrong',
    z.enum(['token-first', 'date-first', 'other']),
  ),
  pastDate: finding('7.4', 'with a date of yesterday', outcome, ['expired_date']),
  futureDate: finding('7.4', 'with a date of tomorrow', outcome, ['date_in_future']),
  pastToleranceS: finding('1.3', 'seconds that a date may be in the past (at most 3600)', z.int()),
  futureToleranceS: finding(
    '1.3',
    'seconds that a date may be in the future (at most 3600)',
    z.int(),
    WITH_TEN_MINUTES,
  ),
  clockDifferenceS: finding('1.3', "seconds that AR24's clock is ahead of this machine's", z.int()),
  dateReuse: finding('10, item 7', 'with the date of an earlier call', outcome),

  unknownEmail: finding('4.1', 'GET /user by an unknown address', outcome, ['user_not_exist']),
  unknownId: finding('4.1', 'GET /user by an unknown id', outcome, ['user_not_exist']),
  unknownParameter: finding(
    '10, item 6',
    'GET /user/list with a parameter that does not exist',
    outcome,
  ),
  noKey: finding('4.1', 'GET /user without id and address', outcome),
  messageLanguage: finding(
    '10, item 18',
    'language of `message` without Accept-Language',
    z.enum(['en', 'fr', 'nl', 'other', 'the same in all']),
  ),
  listDefault: finding('10, item 13', 'accounts in a list without `max`', count),
  listOne: finding('4.1', 'accounts in a list with max=1', count, [0, 1]),
  listThousand: finding('10, item 13', 'accounts in a list with max=1000', count),
  listBeyondEnd: finding('10, item 13', 'a list that starts beyond its end', outcome, ['success']),
  listMembers: finding('4.1', 'members of the result of a list', names, [['users']]),
  fieldTypes: finding(
    '4.2',
    "JSON types of the account's fields",
    z.record(fieldName, z.enum(['string', 'number', 'boolean', 'null', 'array', 'object'])),
  ),
  numbersAs: finding(
    '10, item 14',
    'types of id and flags: all strings, all numbers, or mixed',
    z.enum(['strings', 'numbers', 'mixed']),
  ),
  hiddenFields: finding('4.2', 'documented fields that AR24 does not show', names, [[]]),
  extraFields: finding('4.2', 'fields that are not documented', names, [[]]),
  identityUnverified: finding(
    '4.2',
    '`is_identity_verified` of an account whose identity is not verified',
    z.enum(['absent', 'false', 'other']),
    ['absent'],
  ),

  accessNoAccount: finding('5', 'request_access for an address without an account', outcome),
  accessNoAccountMails: finding('5', 'mails to that address', count, [0]),
  create: finding('3.2', 'POST /user without cgu and confirmed', outcome, ['success']),
  confirmationMails: finding('3.2', 'mails to confirm the address, on creation', count, [1]),
  termsMails: finding('6', 'mails about the terms, on creation', count, [1]),
  customRefShown: finding('3.1', '`custom_ref` of the creation shows', z.boolean(), [true]),
  readByReference: finding('10, item 12', 'GET /user by `custom_ref` alone', outcome),
  listByReference: finding('10, item 12', 'GET /user/list selects by `custom_ref`', z.boolean()),
  accents: finding('10, item 14', 'accented letters', z.enum(['kept', 'changed']), ['kept']),
  duplicate: finding('3.3', 'POST /user for an address with an account', outcome, [
    'user_already_exist',
    'user_not_created',
  ]),
  duplicateOtherCase: finding('10, item 9', 'the same in capital letters', outcome),
  readOtherCase: finding('10, item 9', 'GET /user by the address in capital letters', outcome),
  emailCase: finding(
    '10, item 9',
    'whether case distinguishes addresses',
    z.enum(['insensitive', 'sensitive']),
  ),
  createConfirmed: finding('10, item 10', 'POST /user with confirmed=1', outcome),
  confirmedParameter: finding('10, item 10', '`confirmed=1` is', handling),
  createTerms: finding('10, item 10', 'POST /user with cgu=1', outcome),
  termsParameter: finding('10, item 10', '`cgu=1` is', handling),
  createNoGender: finding('3.1', 'POST /user without gender', outcome),
  createNoVat: finding('3.1', 'POST /user for a French company without a VAT number', outcome),
  accessAttached: finding('5', 'request_access for an attached account', outcome),
  accessAttachedMails: finding('5', 'mails because of it, two calls', count),
  termsRequest: finding('6', 'request_cgu for an account that has not accepted', outcome, [
    'success',
  ]),
  termsRequestMails: finding('6', 'mails because of it, two calls', count, [2]),
  emptyResult: finding(
    '5',
    '`result` of a call that returns nothing',
    z.enum(['object', 'array', 'absent', 'other']),
  ),
  paymentLink: finding('7.1', 'payment_request with get_link=1', outcome, ['success']),
  paymentLinkField: finding(
    '7.1',
    'field of `result` that has the link; dots separate levels, and a dot alone is `result` itself',
    fieldName,
  ),
  paymentLinkMails: finding('7.1', 'mails because of it', count, [0]),
  duplicateUnattached: finding(
    '10, item 9',
    'POST /user for the address of a holder who granted nothing',
    outcome,
    ['user_already_exist', 'user_not_created', 'user_unavailable'],
  ),
  knownRead: finding('4.1', 'GET /user for an account of a holder who granted nothing', outcome, [
    'user_unavailable',
  ]),
  accessRequest: finding('5', 'request_access for an account', outcome, ['success']),
  accessAgain: finding('5', 'the same again', outcome),
  accessMails: finding('5', 'mails because of both calls', count),
  pendingListed: finding('10, item 13', 'GET /user/list shows the account meanwhile', z.boolean()),
  refusedRead: finding('5', 'GET /user after the holder refused', outcome),
  refusedListed: finding('10, item 13', 'GET /user/list shows the account then', z.boolean()),
  accessAfterRefusal: finding('5', 'request_access after the holder refused', outcome),
  accessAfterRefusalMails: finding('5', 'mails because of it', count),
  accessGranted: finding('10, item 2', 'after the holder granted access', change),
  emailConfirmed: finding('7.5', 'after the address was confirmed', change),
  termsAccepted: finding('10, item 1', 'after the terms were accepted', change),
  termsWhenAccepted: finding('6', 'request_cgu for an account that has accepted', outcome),
  identityOrder: finding('7.2', 'POST /user/identity', outcome, ['success']),
  identityOrderAgain: finding('7.2', 'the same again, while the letter is on its way', outcome),
  identityLetters: finding('7.2', 'paper letters because of both calls', count),
  webhooks: finding('8', 'webhooks about accounts', webhooks),
} as const;

export type FindingName = keyof typeof FINDINGS;
export type Findings = {
  readonly [Name in FindingName]?: z.output<(typeof FINDINGS)[Name]['schema']> | undefined;
};

export const FINDING_NAMES = Object.keys(FINDINGS).filter(
  (name): name is FindingName => name in FINDINGS,
);

type Shape = { readonly [Name in FindingName]: (typeof FINDINGS)[Name]['schema'] };

export const FindingsSchema = z
  .strictObject(
    // The type of Object.fromEntries loses the names of the keys.
    Object.fromEntries(FINDING_NAMES.map((name) => [name, FINDINGS[name].schema])) as Shape,
  )
  .partial();

/** A finding that differs from docs/ar24-api.md. */
export interface Contradiction {
  readonly section: string;
  readonly meaning: string;
  readonly found: string;
  readonly documented: string;
}

export function contradictionsIn(findings: Findings): readonly Contradiction[] {
  return FINDING_NAMES.flatMap((name) => {
    const { section, meaning, documented }: Meaning<z.ZodType> = FINDINGS[name];
    const value = findings[name];
    if (value === undefined || documented === undefined) return [];
    const isDocumented = documented.some((one) => JSON.stringify(one) === JSON.stringify(value));
    if (isDocumented) return [];
    return [
      { section, meaning, found: words(value), documented: documented.map(words).join(' or ') },
    ];
  });
}

/** A finding for a person. */
export function words(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(words).join(', ');
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, one]) => `${name}: ${words(one)}`);
  return members.length === 0 ? 'none' : `(${members.join('; ')})`;
}
