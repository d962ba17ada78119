/** The report of the probe, as JSON. It has no token, key, address, account id, name or value of a field. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { WRITES } from './announcement.ts';
import { ROLE_NAMES } from './addresses.ts';
import { FindingsSchema } from './findings.ts';

const moment = z.iso.datetime();
const role = z.enum(ROLE_NAMES);
const outcome = z.string().regex(/^[a-z0-9_-]{1,80}$/);

const StepStateSchema = z.strictObject({
  /** `running`: the probe was interrupted in this step. */
  state: z.enum(['running', 'done', 'skipped', 'failed']),
  at: moment,
  /** Why it was skipped or failed, or remarks. */
  notes: z.array(z.string()),
});

/** A call that may have created or mailed something; stored before it is sent. */
const WriteRecordSchema = z.strictObject({
  step: z.string(),
  call: z.enum(WRITES),
  role,
  at: moment,
  /** `unconfirmed`: sent or about to be sent, and its answer is not known. */
  outcome,
  /** The outcome of `GET /user` for the address afterwards; null: not read yet. */
  readBack: outcome.nullable(),
});

/** Changes if older programs cannot read the report any more. */
export const REPORT_FORMAT = 'ar24-probe/1';

export const ReportSchema = z.strictObject({
  $schema: z.literal('https://json-schema.org/draft/2020-12/schema').optional(),
  format: z.literal(REPORT_FORMAT),
  /** The host name of AR24_BASE_URL. */
  host: z.string(),
  begun: moment,
  updated: moment,
  /** In hex; for the hashes of the addresses. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  /** The addresses by role: masked, and hashed so that a later run recognizes them. */
  addresses: z.partialRecord(
    role,
    z.strictObject({ masked: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
  steps: z.record(z.string(), StepStateSchema),
  writes: z.array(WriteRecordSchema),
  findings: FindingsSchema,
  /** Derived from the findings: lines for a file of environment variables. */
  environment: z.array(z.string()),
  /** Derived from the findings: the switches that `onboard simulator --like` sets, without those it cannot. */
  simulator: z.record(z.string(), z.unknown()),
  /**
   * What a simulator with these switches does otherwise, found by probing one; null: not compared, as the run has not
   * ended.
   */
  notImitated: z
    .array(
      z.strictObject({
        section: z.string(),
        meaning: z.string(),
        found: z.string(),
        simulator: z.string(),
      }),
    )
    .nullable(),
  /** Derived from the findings: what differs from docs/ar24-api.md. */
  contradictions: z.array(
    z.strictObject({
      section: z.string(),
      meaning: z.string(),
      found: z.string(),
      documented: z.string(),
    }),
  ),
});

export type Report = z.output<typeof ReportSchema>;
export type StepState = Report['steps'][string];

/** The JSON schema of a report. */
export function reportJsonSchema(): unknown {
  return z.toJSONSchema(ReportSchema, { io: 'output' });
}

export function emptyReport(host: string, now: Date): Report {
  const at = now.toISOString();
  return {
    format: REPORT_FORMAT,
    host,
    begun: at,
    updated: at,
    salt: randomBytes(16).toString('hex'),
    addresses: {},
    steps: {},
    writes: [],
    findings: {},
    environment: [],
    simulator: {},
    notImitated: null,
    contradictions: [],
  };
}
