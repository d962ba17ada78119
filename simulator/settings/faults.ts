import { z } from 'zod';

/** The simulated routes of AR24, as `METHOD /path` below the API's base address. */
export const ROUTES = [
  'POST /user',
  'GET /user',
  'GET /user/list',
  'POST /user/request_access',
  'POST /user/request_cgu',
  'POST /user/payment_request',
  'POST /user/identity',
] as const;

export type Route = (typeof ROUTES)[number];

/** When a fault strikes. Default: on every call. */
const when = {
  /** Between 0 and 1; drawn from the seeded generator. */
  probability: z.number().min(0).max(1).optional(),
  /** The fault strikes at most so many times. */
  count: z.int().min(0).optional(),
  /** The fault strikes only these routes. */
  routes: z.array(z.enum(ROUTES)).min(1).optional(),
};

/** Milliseconds; AR24 itself gives up after 300 s (docs/ar24-api.md 1.6). */
const latency = z.number().min(0).max(3_600_000);
/** Any text that an HTTP header can carry, valid or not. */
const headerText = z.string().regex(/^[\x20-\x7e]{1,200}$/);

const moment = z.iso.datetime({ offset: true });

/** The kinds of malformed answers. */
export const MALFORMED_SHAPES = [
  'garbage-base64',
  'truncated-base64',
  'html',
  'empty',
  'not-an-object',
  'truncated-json',
  'no-status',
] as const;

export type MalformedShape = (typeof MALFORMED_SHAPES)[number];

/**
 * How the simulator misbehaves on request. An unknown name is an error. null ends a fault. In one call,
 * latency adds to the other faults. Of the faults before the effect, only the first that strikes applies, in
 * the order below; the same is true of the faults after the effect.
 */
export const FaultsSchema = z
  .strictObject({
    /** Waits so many milliseconds, evenly drawn, before the call is carried out. */
    latencyMs: z
      .strictObject({ min: latency, max: latency, ...when })
      .refine(({ min, max }) => min <= max, 'min must not exceed max')
      .nullable(),

    /** Never answers; the call has no effect. */
    hang: z.strictObject(when).nullable(),
    /** The connection is reset; the call has no effect. */
    reset: z.strictObject(when).nullable(),
    /** 429 or 503, with `Retry-After` in seconds or as an HTTP date; no effect. */
    throttle: z
      .strictObject({
        status: z.literal([429, 503]).optional(),
        retryAfter: z
          .union([z.int().min(0), headerText])
          .nullable()
          .optional(),
        ...when,
      })
      .nullable(),
    /** A status from 500 to 599, default 500; the call has no effect. */
    http5xx: z.strictObject({ status: z.int().min(500).max(599).optional(), ...when }).nullable(),
    /** `{"status": "maintenance"}`, perhaps only between two moments; no effect. */
    maintenance: z
      .strictObject({ from: moment.optional(), until: moment.optional(), ...when })
      .nullable(),
    /** An error with a slug that no documentation has; no effect. */
    unknownSlug: z
      .strictObject({
        slug: z
          .string()
          .regex(/^[a-z0-9_]{1,64}$/)
          .optional(),
        ...when,
      })
      .nullable(),

    /** The call takes effect, and the connection is closed without an answer. */
    loseAnswer: z.strictObject(when).nullable(),
    /** The call takes effect, and the answer is a status from 500 to 599, default 502. */
    http5xxAfter: z
      .strictObject({ status: z.int().min(500).max(599).optional(), ...when })
      .nullable(),
    /** The call takes effect, and the answer is malformed; without a shape, one is drawn. */
    malformed: z.strictObject({ shape: z.enum(MALFORMED_SHAPES).optional(), ...when }).nullable(),
  })
  .partial();

export type Faults = z.infer<typeof FaultsSchema>;
export type FaultName = keyof Faults;
export type Fault<N extends FaultName> = NonNullable<Faults[N]>;

/** All names, in the order in which they are tried. */
export const FAULT_NAMES: readonly FaultName[] = FaultsSchema.keyof().options;
