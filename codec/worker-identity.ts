/**
 * A worker lists the ids of its keys in its identity, which Temporal shows. So other processes see if it lacks the key
 * that they encrypt with. The ids are not secret.
 */
import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec } from './encryption-codec.ts';

const WITH_KEYS = / keys=([A-Za-z0-9_.,-]*)(?: policy=[0-9a-f]+)?$/;

/** @param name of the worker's process: without blanks, and short, as Temporal allows 1,000 characters in all */
export function workerIdentity(name: string, { payloadCodecs = [] }: DataConverter): string {
  const ids = payloadCodecs.flatMap((codec) =>
    codec instanceof EncryptionCodec ? codec.keyIds : [],
  );
  return `${name} keys=${ids.join(',')}`;
}

/** The ids of a worker's keys. Undefined if its identity does not list them, as foreign workers' do not. */
export function keyIdsIn(identity: string): readonly string[] | undefined {
  const [, written] = WITH_KEYS.exec(identity) ?? [];
  return written?.split(',').filter((id) => id !== '');
}

/** The name of the worker's process, which all its workers share, with or without keys in their identity. */
export function nameIn(identity: string): string {
  return identity.replace(WITH_KEYS, '');
}
