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
import { describe, describeRun, type OnboardingRun, isOpen } from './run.ts';
import { TemporalUnavailableError } from './errors.ts';
import { emailHash, messageHash, versionOf, type HashKey } from './hash-key.ts';
import { email as emailSchema } from './schemas/email.ts';
import { parse } from './schemas/parse.ts';
import { reference as referenceSchema } from './schemas/text.ts';
import { summaryOf } from './search.ts';
import { callTemporal } from './temporal-call.ts';

/** One of the day's mails, counted. */
export interface MailTaken {
  /** For a mail that was not sent after all. Does nothing if the mail was counted before. */
  giveBack(): Promise<void>;
}

interface TakeMail {
  /** Keyed hash of the address, or of what else is counted in a day. */
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

/** Counts the mails to each address, for programs that limit them, as the gateway does. */
export class MailCounts {
  readonly #temporal: Client;
  readonly #key: HashKey;

  /** @param key the oldest hash key, so that a new one loses no counts */
  constructor(temporal: Client, key: HashKey) {
    this.#temporal = temporal;
    this.#key = key;
  }

  /** The key under which mails to the onboarding's present address are counted. Undefined if it has no address. */
  async keyOf(reference: string): Promise<string | undefined> {
    const checked = parse(referenceSchema, reference, 'reference');
    return mailKeyIn(await describe(this.#temporal, checked), this.#key);
  }

  /** The key under which mails to an address are counted. */
  keyOfAddress(email: string): string {
    return emailHash(parse(emailSchema, email, 'email'), this.#key);
  }

  /**
   * Whether a correction to this address may have AR24 send a mail. It does not if it is the present address, or if
   * there is an account, whose address only its holder changes. Needs no worker.
   */
  async mayMailIfCorrected(reference: string, email: string): Promise<boolean> {
    const checked = parse(referenceSchema, reference, 'reference');
    const run = await describe(this.#temporal, checked);
    return mayCorrect(run) && mailKeyIn(run, this.#key) !== this.keyOfAddress(email);
  }

  /**
   * Counts a mail before the request that has AR24 send it.
   *
   * @param cause a repetition with the same cause counts once
   * @param most at most this many mails in 24 hours
   * @returns undefined if the address has had `most`
   * @throws TemporalUnavailableError
   */
  async take(
    mailKey: string,
    { cause, most }: Pick<TakeMail, 'cause' | 'most'>,
  ): Promise<MailTaken | undefined> {
    return takeMail(this.#temporal, { mailKey, cause: messageHash(cause, this.#key), most });
  }

  /**
   * Counts a correction that the sender makes themselves, of whichever address.
   *
   * @param most at most this many in 24 hours
   * @returns undefined if there were `most`
   * @throws TemporalUnavailableError
   */
  async takeCorrection(
    reference: string,
    { cause, most }: Pick<TakeMail, 'cause' | 'most'>,
  ): Promise<MailTaken | undefined> {
    const checked = parse(referenceSchema, reference, 'reference');
    return this.take(messageHash(`corrections/${checked}`, this.#key), { cause, most });
  }

  /**
   * Counts a mail that was sent already. Refuses none, and does not fail if Temporal does not answer: the message
   * that caused the mail was accepted.
   */
  async countSent(mailKey: string | undefined, cause: string): Promise<void> {
    if (mailKey === undefined) return;
    try {
      await this.take(mailKey, { cause, most: MAX_COUNTED });
    } catch (error) {
      if (!(error instanceof TemporalUnavailableError)) throw error;
    }
  }
}

async function takeMail(temporal: Client, mail: TakeMail): Promise<MailTaken | undefined> {
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

/** The hash of the present address by this key, if it has one. */
function mailKeyIn(run: OnboardingRun, { version }: HashKey): string | undefined {
  const hashes = run.typedSearchAttributes.get(ATTRIBUTES.emailHashes) ?? [];
  return hashes.find((hash) => versionOf(hash) === version) ?? hashes[0];
}

/** Whether the onboarding accepts another address, as far as Temporal knows without a worker. */
function mayCorrect(run: OnboardingRun): boolean {
  const { accountId, waitingFor } = summaryOf(run);
  // If the account is gone, there is a question to the operator, and a correction is accepted.
  return accountId === null || waitingFor.includes('operator');
}
