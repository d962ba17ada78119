/**
 * Binds a namespace to one AR24 account. Workers of two accounts in one namespace would mix silently: an account that
 * one of them attached looks gone to the other. So the first worker stores a fingerprint in the namespace, and a
 * worker with another fingerprint does not start.
 *
 * The fingerprint is in the memo of a workflow that never runs: Temporal Cloud lets no worker change a namespace.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Client, WorkflowNotFoundError, type ConnectionLike } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { z } from 'zod';
import { neverRunning } from '../client/never-running.ts';
import { isOpen } from '../client/run.ts';

const WORKFLOW_ID = 'sender-onboarding-ar24-account';
const WORKFLOW_TYPE = 'ar24Account';
const CALL_WITHIN_MS = 10_000;

export interface Ar24Account {
  readonly baseUrl: string;
  readonly token: string;
}

/** The account of a process, compared with the stored one. */
export type KeptAr24Account = 'none' | 'same' | 'another';

/** Slow and salted, so that a reader of Temporal cannot guess tokens. */
const hashed = promisify<string, Buffer, number, Buffer>(scrypt);
const HASH_BYTES = 32;

const memoSchema = z.object({ salt: z.base64(), fingerprint: z.base64() });

/** @throws what gRPC throws */
export async function compareAr24Account(
  connection: ConnectionLike,
  namespace: string,
  account: Ar24Account,
): Promise<KeptAr24Account> {
  const client = new Client({ connection, namespace });
  try {
    const { memo, status } = await soon(connection, () =>
      client.workflow.getHandle(WORKFLOW_ID).describe(),
    );
    if (!isOpen({ status })) return 'none';
    // A memo of another shape was written by hand, and is not ours.
    const kept = memoSchema.safeParse(memo);
    if (!kept.success) return 'another';
    const fingerprint = await fingerprintOf(account, Buffer.from(kept.data.salt, 'base64'));
    const other = Buffer.from(kept.data.fingerprint, 'base64');
    const isSame = other.length === HASH_BYTES && timingSafeEqual(fingerprint, other);
    return isSame ? 'same' : 'another';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'none';
    throw error;
  }
}

/**
 * Stores this account if none is stored. If several processes start at once, Temporal lets one of them store its own.
 *
 * @throws what gRPC throws
 */
export async function keepAr24Account(
  connection: ConnectionLike,
  namespace: string,
  account: Ar24Account,
): Promise<'kept' | 'same' | 'another'> {
  for (;;) {
    const kept = await compareAr24Account(connection, namespace, account);
    if (kept !== 'none') return kept;
    try {
      await write(connection, namespace, account, 'FAIL');
      return 'kept';
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}

/** Replaces the stored account. @throws gRPC's error */
export async function replaceAr24Account(
  connection: ConnectionLike,
  namespace: string,
  account: Ar24Account,
): Promise<void> {
  await write(connection, namespace, account, 'TERMINATE_EXISTING');
}

async function write(
  connection: ConnectionLike,
  namespace: string,
  account: Ar24Account,
  workflowIdConflictPolicy: 'FAIL' | 'TERMINATE_EXISTING',
): Promise<void> {
  // Without our codec, so that no later reader needs a key that was rotated since.
  const client = new Client({ connection, namespace });
  const salt = randomBytes(16);
  const fingerprint = await fingerprintOf(account, salt);
  await soon(connection, () =>
    client.workflow.start(WORKFLOW_TYPE, {
      ...neverRunning(WORKFLOW_ID),
      workflowIdConflictPolicy,
      staticSummary: 'keeps which AR24 account this namespace works with; never runs',
      memo: { salt: salt.toString('base64'), fingerprint: fingerprint.toString('base64') },
    }),
  );
}

function fingerprintOf({ baseUrl, token }: Ar24Account, salt: Buffer): Promise<Buffer> {
  const url = new URL(baseUrl).href.replace(/\/+$/, '');
  return hashed(JSON.stringify([url, token]), salt, HASH_BYTES);
}

function soon<T>(connection: ConnectionLike, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_WITHIN_MS, call);
}
