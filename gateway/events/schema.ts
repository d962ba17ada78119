/** The file of ONBOARDING_EVENT_SOURCES, as somebody writes it (docs/events.md). */
import { z } from 'zod';
import { LANGUAGES, OPTIONAL_REQUIREMENTS, registrationForm } from '../../client/index.ts';
import { strictly, unknownFields } from '../../client/schemas/unknown-fields.ts';
import { jsonPath } from './json-path.ts';

const MOST_SECRETS = 5;
const TYPE_NAME = /^[\w.:/-]{1,80}$/;

const types = z
  .array(z.string().regex(TYPE_NAME, 'the type of an event is expected, such as user.created'))
  .default([]);

const name = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, '1 to 40 of a-z, 0-9 and - are expected: the end of its path');

const variable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of a variable is expected');

/** Whether this person was proven to read this address: true itself, or a value that says so. */
const verified = z.union(
  [
    z.literal([true, false]),
    jsonPath,
    strictly({ path: jsonPath, equals: z.union([z.string(), z.number(), z.boolean()]) }),
  ],
  'true, false, a JSONPath, or {"path": …, "equals": …} is expected',
);

const fields = strictly({
  type: jsonPath,
  reference: jsonPath,
  email: jsonPath.optional(),
  emailVerified: verified.default(false),
  language: jsonPath.optional(),
  registration: z
    .partialRecord(registrationForm.keyof(), jsonPath, { error: unknownFields() })
    .optional(),
});

const sourceSchema = strictly({
  name,
  secrets: z.array(z.string()).max(MOST_SECRETS, `${MOST_SECRETS} are the most`).default([]),
  secretsFrom: variable.optional(),
  fields,
  /** Where the event names none of ours. */
  language: z.enum(LANGUAGES, `one of ${LANGUAGES.join(', ')} is expected`).optional(),
  require: z
    .array(z.enum(OPTIONAL_REQUIREMENTS, `one of ${OPTIONAL_REQUIREMENTS.join(', ')} is expected`))
    .optional(),
  events: strictly({
    start: types,
    cancel: types,
    erase: types,
    resume: types,
    claim: strictly({ attachment: types, email: types, terms: types }).partial().optional(),
  }),
});

export const fileSchema = strictly({ sources: z.array(sourceSchema) });

export type WrittenSource = z.output<typeof sourceSchema>;
