/**
 * With which keys was written what this run has read: they have to stay until it has ended. Only what is in
 * the history counts, since a replay reads nothing else, and has to tell the same: answers to calls, and
 * messages that a handler was called with; not queries, nor updates that were refused. Each run has a
 * module state of its own.
 */
import type { Payload, SearchAttributeUpdatePair, SerializationContext } from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding.js';
import { upsertSearchAttributes } from '@temporalio/workflow';
import { ATTRIBUTES } from './contract/names.ts';

/** As the codec notes it on what it has decrypted. */
const KEY_ID = 'encryption-key-id';
/** No message has as many values. */
const MOST_RECENT = 20;

const kept = new Set<string>();
/** Of what was read last, one for each value: it is not known yet whether it is in the history. */
let recent: readonly string[] = [];
let published = 0;

export function noteKeyOf({ metadata }: Payload, context: SerializationContext | undefined): void {
  const written = metadata?.[KEY_ID];
  const keyId = written ? decode(written) : '';
  if (context?.type === 'activity') keep([keyId]);
  else recent = [...recent, keyId].slice(-MOST_RECENT);
}

/** @param args with which a handler was called just now, by something that is in the history */
export function keepKeysOf(args: readonly unknown[]): void {
  if (args.length > 0) keep(recent.slice(-args.length));
  recent = [];
}

function keep(keyIds: readonly string[]): void {
  for (const keyId of keyIds) if (keyId !== '') kept.add(keyId);
}

/** Nothing where nothing was encrypted. */
export function keyAttribute(): readonly SearchAttributeUpdatePair[] {
  return kept.size === 0 ? [] : [{ key: ATTRIBUTES.keyIds, value: [...kept].sort() }];
}

/** Tells Temporal's search, where another key was met since it was told last. */
export function publishKeys(): void {
  if (kept.size > published) upsertSearchAttributes([...keyAttribute()]);
  published = kept.size;
}
