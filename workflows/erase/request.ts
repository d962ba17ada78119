/** Requests for an erasure: validated, since people may send them by hand, and recorded in the receipt. */
import {
  MAX_ERASURE_REQUESTERS,
  REFERENCE_PATTERN,
  type ErasureReceipt,
  type ErasureRequest,
  type ErasureRequester,
} from '../contract/index.ts';

/** @returns what is wrong with the input of an erasure, or null */
export function invalidErasure(request: unknown): string | null {
  if (typeof request !== 'object' || request === null) return 'a request is expected';
  const { reference, by, requestedAt, before } = request as Readonly<
    Record<keyof ErasureRequest, unknown>
  >;
  if (typeof reference !== 'string' || !REFERENCE_PATTERN.test(reference)) {
    return 'reference: the sender to erase is expected';
  }
  if (typeof by !== 'string') return 'by: the requester is expected';
  if (typeof requestedAt !== 'string') return 'requestedAt: a time is expected';
  return before === undefined || isReceipt(before) ? null : 'before: a receipt is expected';
}

/** Checks only what the erasure relies on. */
function isReceipt(receipt: unknown): boolean {
  return typeof receipt === 'object' && receipt !== null && 'keptRun' in receipt;
}

export function isErasureRequester(asker: unknown): asker is ErasureRequester {
  if (typeof asker !== 'object' || asker === null) return false;
  const { by, at } = asker as Readonly<Record<keyof ErasureRequester, unknown>>;
  return typeof by === 'string' && typeof at === 'string';
}

/** Adds requesters beside the first one, each once. */
export function withRequesters(
  receipt: ErasureReceipt,
  requesters: readonly ErasureRequester[],
): ErasureReceipt {
  const first = new Map<string, ErasureRequester>();
  for (const requester of [...(receipt.alsoRequestedBy ?? []), ...requesters]) {
    if (requester.by !== receipt.by && !first.has(requester.by)) first.set(requester.by, requester);
  }
  if (first.size === 0) return receipt;
  return { ...receipt, alsoRequestedBy: [...first.values()].slice(0, MAX_ERASURE_REQUESTERS) };
}
