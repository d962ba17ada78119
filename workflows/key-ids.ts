/**
 * With which keys was written what this run has read: they have to stay until it has ended. Each run has
 * a module state of its own, and replays read the same in the same order.
 */
import type { Payload, SearchAttributeUpdatePair } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding.js';
import { upsertSearchAttributes } from '@temporalio/workflow';
import { ATTRIBUTES } from './contract/names.ts';

/** As the codec notes it on what it has decrypted. */
const KEY_ID = 'encryption-key-id';

/** How often each was met. */
const seen = new Map<string, number>();
let last = '';
let published = 0;

export function noteKeyOf({ metadata }: Payload): void {
  const keyId = metadata?.[KEY_ID];
  last = keyId ? decode(keyId) : '';
  if (last !== '') seen.set(last, (seen.get(last) ?? 0) + 1);
}

/**
 * A query, or an update that may be refused, is in no history: no replay reads it, so what it has brought
 * is not to be told. The SDK reads an update that is taken once more.
 *
 * @param args what was read just now
 */
export function forgetKeysOf(args: readonly unknown[]): void {
  const times = (seen.get(last) ?? 0) - args.length;
  if (times > 0) seen.set(last, times);
  else seen.delete(last);
}

/** Nothing where nothing was encrypted. */
export function keyAttribute(): readonly SearchAttributeUpdatePair[] {
  return seen.size === 0 ? [] : [{ key: ATTRIBUTES.keyIds, value: [...seen.keys()].sort() }];
}

/** Tells Temporal's search, where another key was seen since it was told last. */
export function publishKeys(): void {
  if (seen.size > published) upsertSearchAttributes([...keyAttribute()]);
  published = seen.size;
}
