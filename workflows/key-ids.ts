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

const seen = new Set<string>();
let published = 0;

export function noteKeyOf({ metadata }: Payload): void {
  const keyId = metadata?.[KEY_ID];
  if (keyId) seen.add(decode(keyId));
}

/** Nothing where nothing was encrypted. */
export function keyAttribute(): readonly SearchAttributeUpdatePair[] {
  return seen.size === 0 ? [] : [{ key: ATTRIBUTES.keyIds, value: [...seen].sort() }];
}

/** Tells Temporal's search, where another key was seen since it was told last. */
export function publishKeys(): void {
  if (seen.size > published) upsertSearchAttributes([...keyAttribute()]);
  published = seen.size;
}
