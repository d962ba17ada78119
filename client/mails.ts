/**
 * Counts the mails to an address in a day. Each mail takes one of the day's places, and each place is a workflow
 * run that Temporal delays for 24 hours. All processes share the places, and they survive a restart. A workflow id
 * can be open only once, so no two mails take the same place.
 */
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import {
  ATTRIBUTES,
  MAIL_TYPE,
  mailIdOf,
  MEMO_CAUSE,
  PRIORITY,
  TASK_QUEUE,
  type RunId,
} from '../workflows/contract/index.ts';
import { describeRun, type OnboardingRun, isOpen } from './run.ts';
import { TemporalUnavailableError } from './errors.ts';
import { versionOf, type HashKey } from './hash-key.ts';
import { summaryOf } from './search.ts';
import { callTemporal } from './temporal-call.ts';

/** One of the day's mails, counted. */
export interface MailTaken {
  /** For a mail that was not sent after all. Does nothing if the mail was counted before. */
  giveBack(): Promise<void>;
}

export interface TakeMail {
  /** Keyed hash of the address. */
  readonly mailKey: string;
  /** Mails with the same cause count once. It stays in Temporal unencrypted, so it must be a hash. */
  readonly cause: string;
  /** At most this many mails in 24 hours. */
  readonly most: number;
}

const REPEATED: MailTaken = { giveBack: () => Promise.resolve() };
/** Places that are read in parallel. */
const AT_ONCE = 10;

/** A mail that was sent already is counted even above a budget, up to this many a day. */
const MAX_COUNTED = 50;

/** @returns undefined if the address has had `most` today @throws TemporalUnavailableError */
export async function takeMail(temporal: Client, mail: TakeMail): Promise<MailTaken | undefined> {
  // Most addresses have had no mail today, and so cost one call.
  const first = mail.most > 0 ? await takePlace(temporal, mail, 0) : undefined;
  if (first !== undefined) return first;
  for (let from = 0; from < mail.most; from += AT_ONCE) {
    const places = Array.from({ length: Math.min(AT_ONCE, mail.most - from) }, (_, n) => from + n);
    const runs = await Promise.all(
      places.map((place) => describeRun(temporal, mailIdOf(mail.mailKey, place))),
    );
    if (runs.some((run) => run && isOpen(run) && run.memo.values[MEMO_CAUSE] === mail.cause)) {
      return REPEATED;
    }
    for (const [n, place] of places.entries()) {
      const run = runs[n];
      if (run && isOpen(run)) continue;
      const taken = await takePlace(temporal, mail, place);
      if (taken !== undefined) return taken;
    }
  }
  return undefined;
}

/**
 * Counts a mail that was sent already. Refuses none, and does not fail if Temporal does not answer: the message
 * that caused the mail was accepted.
 */
export async function countMail(temporal: Client, mail: Omit<TakeMail, 'most'>): Promise<void> {
  try {
    await takeMail(temporal, { ...mail, most: MAX_COUNTED });
  } catch (error) {
    if (!(error instanceof TemporalUnavailableError)) throw error;
  }
}

/** Undefined if another mail has the place. */
async function takePlace(
  temporal: Client,
  { mailKey, cause }: TakeMail,
  place: number,
): Promise<MailTaken | undefined> {
  const workflowId = mailIdOf(mailKey, place);
  try {
    const { firstExecutionRunId } = await callTemporal(temporal, () =>
      temporal.workflow.start(MAIL_TYPE, {
        workflowId,
        taskQueue: TASK_QUEUE,
        startDelay: '24 hours',
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        memo: { [MEMO_CAUSE]: cause },
        priority: { priorityKey: PRIORITY.poll },
      }),
    );
    return { giveBack: () => free(temporal, workflowId, firstExecutionRunId) };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // The same request may have been sent twice at the same time.
    const run = await describeRun(temporal, workflowId);
    return run?.memo.values[MEMO_CAUSE] === cause ? REPEATED : undefined;
  }
}

/** May be repeated. If Temporal does not answer, the place stays taken until its day is over. */
async function free(temporal: Client, workflowId: string, runId: RunId): Promise<void> {
  const place = temporal.workflow.getHandle(workflowId, runId);
  try {
    await callTemporal(temporal, () => place.terminate('no mail came of it'));
  } catch (error) {
    const isFree = error instanceof WorkflowNotFoundError;
    if (!isFree && !(error instanceof TemporalUnavailableError)) throw error;
  }
}

/** The key under which mails to the onboarding's present address are counted: its hash by this key, if it has one. */
export function mailKeyIn(run: OnboardingRun, { version }: HashKey): string | undefined {
  const hashes = run.typedSearchAttributes.get(ATTRIBUTES.emailHashes) ?? [];
  return hashes.find((hash) => versionOf(hash) === version) ?? hashes[0];
}

/** Whether the onboarding accepts another address, as far as Temporal knows without a worker. */
export function mayCorrect(run: OnboardingRun): boolean {
  const { accountId, waitingFor } = summaryOf(run);
  // If the account is gone, there is a question to the operator, and a correction is accepted.
  return accountId === null || waitingFor.includes('operator');
}
