/** The sender's address: corrected by people, and reported by the sign-up's own system. */
import type { CorrectAddress } from '../contract/index.ts';
import { withAccountReset } from './account-reset.ts';
import type { EventOf } from './events.ts';
import { withoutProblem } from './problem.ts';
import { withHint } from './hints.ts';
import { rejectCorrectAddress } from './rejections.ts';
import type { Sender } from './sender.ts';

/** A correction is a person's decision: no report from before undoes it. */
export function withCorrection(s: Sender, { address, at }: EventOf<'address-corrected'>): Sender {
  const isAnother = address.email !== s.request.email;
  const corrected = isAnother ? { by: address.by, at } : s.address.corrected;
  const next = withAddress(s, address, at);
  return { ...next, address: { ...next.address, asOf: at, other: null, corrected } };
}

/**
 * Reports arrive late, twice and in any order: the newest counts, by the reporter's own clock. One that repeats the address
 * from before a correction is about another change: the reporter still has the mistake.
 */
export function withReport(s: Sender, { address, at }: EventOf<'address-reported'>): Sender {
  const { email, asOf } = address;
  if (s.address.asOf !== null && asOf < s.address.asOf) return s;
  const isRepeated = email === s.address.reported && email !== s.request.email;
  if (isRepeated) return { ...s, address: { ...s.address, asOf } };
  // The address may have been verified, which is worth a read of AR24.
  const known = withHint(
    { ...s, address: { ...s.address, asOf, reported: email, other: null } },
    at,
  );
  if (rejectCorrectAddress(s, address) === null) return withAddress(known, address, at);
  if (email === s.request.email) return known;
  return { ...known, address: { ...known.address, other: { report: address, at } } };
}

/** A report that came while the account was being created counts after all where no account came of it. */
export function withReportInTime(s: Sender, at: number): Sender {
  const { other } = s.address;
  const isInTime =
    other && s.access.held === null && rejectCorrectAddress(s, other.report) === null;
  if (!isInTime) return s;
  return withAddress({ ...s, address: { ...s.address, other: null } }, other.report, at);
}

/** A problem with the old address says nothing about the new one, which is tried at once. */
function withAddress(s: Sender, address: CorrectAddress, at: number): Sender {
  const { email, emailVerified, by } = address;
  const vouchedBy = emailVerified ? by : null;
  if (email === s.request.email) {
    const fieldErrors = s.fieldErrors.filter(({ field }) => field !== 'email');
    const vouched = s.address.vouchedBy ?? vouchedBy;
    const request = { ...s.request, emailVerified: vouched !== null };
    return { ...s, request, address: { ...s.address, vouchedBy: vouched }, fieldErrors };
  }
  const request = { ...s.request, email, emailVerified: vouchedBy !== null };
  const hashes = [...new Set([...address.emailHashes, ...s.address.hashes])];
  return {
    ...withoutProblem(withAccountReset(s), at),
    request,
    address: { ...s.address, vouchedBy, hashes },
    // A link made for the old address must not let its owner act for the new one.
    linksRevokedAt: at,
  };
}

/** An address as its owner recognises it, and notices a mistake in its domain: `j…@example.org`. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1 || at === email.length - 1) return '…@…';
  return `${firstOf(email)}…${email.slice(at)}`;
}

/** The first character as a person counts them, as far as one code point goes. */
function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2026);
}
