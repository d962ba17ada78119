/** Whether an event is authentic. The reason of a refusal is logged, and never returned. */
import type { IncomingHttpHeaders } from 'node:http';

export const REFUSALS = [
  'unknown source',
  /** The signature is missing, or malformed for the scheme of the source. */
  'wrong signature',
  /** The signature is well-formed, but matches no secret or key of the source. */
  'no secret matches',
  'too old',
  'too new',
] as const;
export type SignatureRefusal = (typeof REFUSALS)[number];

export type SignatureVerdict =
  | {
      readonly authentic: true;
      /** The JSON of the event: signed bytes. */
      readonly signed: Buffer;
      /** Derived from signed data, and the same for each delivery of the event. */
      readonly eventId: string;
    }
  | { readonly authentic: false; readonly why: SignatureRefusal };

/** @throws HttpProblem if the verifying keys cannot be fetched */
export type Verifier = (
  headers: IncomingHttpHeaders,
  body: Buffer,
) => SignatureVerdict | Promise<SignatureVerdict>;

export function refused(why: SignatureRefusal): SignatureVerdict {
  return { authentic: false, why };
}

/** How far the clock of a source may be ahead, and the default maximal age of a signature. */
export const TOLERANCE_S = 5 * 60;

/** @param at the time of the signature, ms since the epoch */
export function refusalByAge(
  at: number,
  maxAgeSeconds = TOLERANCE_S,
): SignatureRefusal | undefined {
  const ageSeconds = (Date.now() - at) / 1_000;
  if (ageSeconds > maxAgeSeconds) return 'too old';
  return ageSeconds < -TOLERANCE_S ? 'too new' : undefined;
}
