/** The schema of the file in ONBOARDING_EVENT_SOURCES (docs/events.md). */
import { z } from 'zod';
import { formFields, LANGUAGES, OPTIONAL_REQUIREMENTS } from '../../client/index.ts';
import { strictly, unknownFields } from '../../client/schemas/unknown-fields.ts';
import { jsonPath } from './json-path.ts';
import { signatureSchema } from './signatures/schema.ts';

const MOST_SECRETS = 5;
const TYPE_NAME = /^[\w.:/-]{1,80}$/;

const types = z
  .array(z.string().regex(TYPE_NAME, 'the type of an event is expected, such as user.created'))
  .default([]);

const name = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, '1 to 40 of a-z, 0-9 and - are expected: the end of its path');

const variable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of a variable is expected');

/** Whether the person is proven to read the address: a constant, or a place in the event. */
const verified = z.union(
  [
    z.literal([true, false]),
    jsonPath,
    strictly({ path: jsonPath, equals: z.union([z.string(), z.number(), z.boolean()]) }),
    /** The time of the verification. */
    strictly({ path: jsonPath, isTime: z.literal(true) }),
  ],
  'true, false, a JSONPath, {"path": …, "equals": …} or {"path": …, "isTime": true} is expected',
);

const fields = strictly({
  type: jsonPath,
  reference: jsonPath,
  /** For schemes of signatures that have no event id. */
  eventId: jsonPath.optional(),
  email: jsonPath.optional(),
  emailVerified: verified.default(false),
  /** The time of the address: of several events the newest counts. */
  updatedAt: jsonPath.optional(),
  signedUpAt: jsonPath.optional(),
  language: jsonPath.optional(),
  registration: z
    .partialRecord(formFields.keyof(), jsonPath, { error: unknownFields() })
    .optional(),
});

const sourceSchema = strictly({
  name,
  secrets: z.array(z.string()).max(MOST_SECRETS, `${MOST_SECRETS} are the maximum`).default([]),
  secretsFrom: variable.optional(),
  signature: signatureSchema,
  /** For events that have neither an id nor a time, and do not recur: their body identifies them. */
  sameBodyIsSameEvent: z.boolean('true or false is expected').default(false),
  /** `colon-hex`: for references with characters that workflow ids and URLs do not allow. */
  referenceEncoding: z.enum(['none', 'colon-hex'], 'none or colon-hex is expected').default('none'),
  /** `remember`: a later correcting event with an address starts the onboarding. */
  withoutAddress: z
    .enum(['passOver', 'remember'], 'passOver or remember is expected')
    .default('passOver'),
  /** The maximal age of a sign-up that a correcting event starts. */
  rememberDays: z
    .int('a whole number of days is expected')
    .min(1, 'a day is the minimum')
    .max(366, 'a year is the maximum')
    .default(30),
  fields,
  /** If the event names none of ours. */
  language: z.enum(LANGUAGES, `one of ${LANGUAGES.join(', ')} is expected`).optional(),
  require: z
    .array(z.enum(OPTIONAL_REQUIREMENTS, `one of ${OPTIONAL_REQUIREMENTS.join(', ')} is expected`))
    .optional(),
  events: strictly({
    start: types,
    correct: types,
    cancel: types,
    erase: types,
    resume: types,
    claim: strictly({ attachment: types, email: types, terms: types }).partial().optional(),
  }),
});

export const fileSchema = strictly({ sources: z.array(sourceSchema) });

export type WrittenSource = z.output<typeof sourceSchema>;
