import type { Asker, ErasureRequest } from '../contract/index.ts';
import { REFERENCE_PATTERN } from '../contract/names.ts';

/** What is missing in the start of an erasure; null where nothing is. Anybody may start one by hand. */
export function faultInErasure(request: unknown): string | null {
  if (typeof request !== 'object' || request === null) return 'a request is expected';
  const { reference, by, requestedAt, before } = request as Readonly<
    Record<keyof ErasureRequest, unknown>
  >;
  if (typeof reference !== 'string' || !REFERENCE_PATTERN.test(reference)) {
    return 'reference: whom to erase is expected';
  }
  if (typeof by !== 'string') return 'by: who wants it is expected';
  if (typeof requestedAt !== 'string') return 'requestedAt: since when is expected';
  return before === undefined || isReceipt(before) ? null : 'before: a receipt is expected';
}

/** As far as it is relied on. */
function isReceipt(receipt: unknown): boolean {
  return typeof receipt === 'object' && receipt !== null && 'keptRun' in receipt;
}

/** So may the message be that says so. */
export function isAsker(asker: unknown): asker is Asker {
  if (typeof asker !== 'object' || asker === null) return false;
  const { by, at } = asker as Readonly<Record<keyof Asker, unknown>>;
  return typeof by === 'string' && typeof at === 'string';
}
