import { MOST_ASKERS, type Asker, type ErasureReceipt } from '../contract/index.ts';

/** The receipt with those who asked beside its first: each once. */
export function withAskers(receipt: ErasureReceipt, askers: readonly Asker[]): ErasureReceipt {
  const first = new Map<string, Asker>();
  for (const asker of [...(receipt.alsoAsked ?? []), ...askers]) {
    if (asker.by !== receipt.by && !first.has(asker.by)) first.set(asker.by, asker);
  }
  if (first.size === 0) return receipt;
  return { ...receipt, alsoAsked: [...first.values()].slice(0, MOST_ASKERS) };
}
