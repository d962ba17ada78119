/** The configuration of a source's signatures (docs/events.md). */
import { z } from 'zod';
import { strictly } from '../../../client/schemas/unknown-fields.ts';
import { jsonPath } from '../json-path.ts';

const DAY_S = 86_400;
const LONGEST_AGE_S = 7 * DAY_S;

const header = z
  .string('the name of a header is expected')
  .regex(/^[A-Za-z0-9-]{1,80}$/, 'the name of a header is expected')
  .toLowerCase();

const claim = z
  .string('the name of a claim is expected')
  .regex(/^[\w.:/-]{1,80}$/, 'the name of a claim is expected');

const part = z
  .string('the name of a part is expected')
  .regex(/^\w{1,20}$/, 'the name of a part is expected, such as v1');

/** The time in the event itself. It is checked once the event is known to be authentic. */
const age = {
  maxAgeSeconds: z
    .int('a whole number of seconds is expected')
    .min(1, '1 second is the minimum')
    .max(LONGEST_AGE_S, 'seven days are the maximum')
    .optional(),
  sentAt: jsonPath.optional(),
};

const standard = strictly({ scheme: z.literal('standard-webhooks') });

const hmac = strictly({
  scheme: z.literal('hmac-sha256'),
  /** The header with the signature. */
  header,
  encoding: z.enum(['hex', 'base64'], 'hex or base64 is expected').default('hex'),
  /** Before the signature, such as `sha256=`. */
  prefix: z.string().max(20, '20 characters are the maximum').optional(),
  /** The header with the time. The signature is then over `time.body`. */
  timestampHeader: header.optional(),
  /** The header of the signature is a list, `t=…,v1=…`. The signature is then over `time.body`. */
  parts: strictly({ timestamp: part, signature: part }).optional(),
  ...age,
})
  .refine(({ parts, timestampHeader }) => !(parts && timestampHeader), {
    path: ['parts'],
    error: 'parts and timestampHeader exclude each other: the time has one place',
  })
  .refine(
    ({ parts, timestampHeader, sentAt, maxAgeSeconds }) =>
      maxAgeSeconds === undefined || Boolean(parts ?? timestampHeader ?? sentAt),
    { path: ['maxAgeSeconds'], error: 'needs timestampHeader, parts or sentAt' },
  );

const jwt = strictly({
  scheme: z.literal('jwt'),
  jwksUrl: z.url({
    protocol: /^https?$/,
    error: 'the address of a JWKS is expected, such as https://example.kinde.com/.well-known/jwks',
  }),
  /** The header with the token. Without it the body is the token, and its claims are the event. */
  header: header.optional(),
  /** The claim with the SHA-256 of the body, in base64. */
  bodyHashClaim: claim.optional(),
  /** Distinguish these tokens from the log-in tokens that the same keys sign. */
  requiredClaims: z.array(claim).max(10, '10 claims are the maximum').optional(),
  issuer: z.string('a text is expected').optional(),
  audience: z.string('a text is expected').optional(),
  ...age,
})
  .refine(({ header: name, bodyHashClaim }) => (name === undefined) === !bodyHashClaim, {
    path: ['bodyHashClaim'],
    error: 'header and bodyHashClaim need each other: they bind the token to the body',
  })
  .refine(
    ({ header: name, requiredClaims = [] }) => name !== undefined || requiredClaims.length > 0,
    {
      path: ['requiredClaims'],
      error:
        'is needed if the body is the token: the same keys may sign log-in tokens, which must not pass for ' +
        'events',
    },
  )
  .refine(({ sentAt, maxAgeSeconds }) => maxAgeSeconds === undefined || sentAt !== undefined, {
    path: ['maxAgeSeconds'],
    error: 'needs sentAt',
  })
  .refine(({ jwksUrl }) => isSafe(jwksUrl), {
    path: ['jwksUrl'],
    error: 'https is needed, except on this machine',
  });

/** Anybody on the network can replace keys that are fetched over plain HTTP. */
function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

export const signatureSchema = z
  .discriminatedUnion('scheme', [standard, hmac, jwt], {
    error: 'scheme has to be standard-webhooks, hmac-sha256 or jwt',
  })
  .default({ scheme: 'standard-webhooks' });

export type WrittenSignature = z.output<typeof signatureSchema>;
