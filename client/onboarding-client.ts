import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type {
  OnboardingView,
  Prefill,
  ProblemKind,
  WorkerPolicy,
} from '../workflows/contract/index.ts';
import { refusePlaintext } from './encryption.ts';
import { endingOf, type Ending } from './ending.ts';
import { erasedAmong } from './erased.ts';
import { listErasures, type ErasureEntry } from './erasures.ts';
import { followOnboarding, type FollowOptions } from './follow.ts';
import { emailHash, emailHashes, messageHash, type HashKey } from './hash-key.ts';
import { openOnboardings, type HintedPerson } from './hint.ts';
import {
  listOnboardings,
  listPage,
  type ListOptions,
  type OnboardingPage,
  type PageOptions,
  type StateFilter,
  stillMatches,
} from './list.ts';
import { MailCounts } from './mails.ts';
import { Notifications } from './notifications.ts';
import { OnboardingMessages } from './onboarding-messages.ts';
import { applyPolicy, countUnderOtherPolicy, readWorkerPolicy } from './policy.ts';
import { readPrefill, writePrefill } from './prefill.ts';
import { createKnownViews, readView } from './read-view.ts';
import { Restores } from './restores.ts';
import { newestRun, type NewestRun } from './run.ts';
import { email as emailSchema } from './schemas/email.ts';
import * as messages from './schemas/messages.ts';
import { parse } from './schemas/parse.ts';
import { prefill as prefillSchema, type PrefillInput } from './schemas/registration-form.ts';
import type { StartRequest } from './schemas/start-request.ts';
import { reference as referenceSchema } from './schemas/text.ts';
import type { UpdateOptions } from './send.ts';
import { startOnboarding, type StartOptions, type StartResult } from './start.ts';
import { callTemporal, NO_LIMIT } from './temporal-call.ts';
import { readTimeline, type TimelineEntry } from './timeline.ts';
import type { OnboardingSummary, SenderView } from './view-types.ts';
import { listQuery, type ListFilter } from './visibility-query.ts';
import { Writes } from './writes.ts';

export interface OnboardingClientOptions {
  /** Connected, with the namespace of the onboardings. */
  readonly temporal: Client;
  /** `plaintext`: the Temporal client may send plain text. Default `encrypted`: it has to encrypt. */
  readonly payloads?: 'encrypted' | 'plaintext' | undefined;
  /** For hashes of addresses and requests. The same in every process that starts onboardings. */
  readonly hashKey: HashKey;
  /** Former keys, so that searches still find their hashes. */
  readonly formerHashKeys?: readonly HashKey[] | undefined;
  /** Author of messages that name none. Default `client`. */
  readonly actor?: string | undefined;
}

export interface ViewOptions {
  /**
   * Whether each view queries the workflow, which is billed and needs a worker. `after-changes`: only if its history has
   * grown since this client's last query, so that a page that is read again and again costs nothing while nothing
   * happens. Default `always`.
   */
  readonly queries?: 'always' | 'after-changes' | undefined;
}

/**
 * Manages the onboardings of senders from a host application. Keeps no state but its settings and the last views.
 *
 * Every method validates its arguments (InvalidRequestError), settles within about 10 s except `result` and
 * `follow`, and throws TemporalUnavailableError if Temporal cannot be used. Methods on one onboarding throw
 * OnboardingNotFoundError. Updates also throw UpdateRefusedError, with the reason, and NoWorkerError.
 */
export class OnboardingClient extends OnboardingMessages {
  /** How many mails each address has had in the last 24 hours. */
  readonly mails: MailCounts;
  /** The notifications to the partner: their log, another delivery, and a test. */
  readonly notifications: Notifications;
  /** The pause of all writes to AR24. */
  readonly writes: Writes;
  /** The record that Temporal's database was restored from a backup. */
  readonly restores: Restores;
  readonly #temporal: Client;
  readonly #hashKeys: readonly [HashKey, ...HashKey[]];
  readonly #actor: string;
  readonly #views = createKnownViews();

  /** @throws TypeError if the Temporal client does not encrypt, unless `payloads` is `plaintext` */
  constructor(options: OnboardingClientOptions) {
    const { temporal, hashKey, actor = 'client' } = options;
    const hashKeys = [hashKey, ...(options.formerHashKeys ?? [])] as const;
    super({ temporal, hashKeys, actor });
    if (options.payloads !== 'plaintext') refusePlaintext(temporal);
    this.mails = new MailCounts(temporal, hashKeys.at(-1) ?? hashKey);
    this.notifications = new Notifications(temporal);
    this.writes = new Writes(temporal, actor);
    this.restores = new Restores(temporal);
    this.#temporal = temporal;
    this.#hashKeys = hashKeys;
    this.#actor = actor;
  }

  /** Resolves if Temporal answers and has the namespace. */
  async ping(): Promise<void> {
    const { workflowService, options } = this.#temporal;
    await callTemporal(this.#temporal, () =>
      workflowService.describeNamespace({ namespace: options.namespace }),
    );
  }

  /** Starts an onboarding, or returns the existing one. May be repeated at any time. */
  async start(request: StartRequest, options: StartOptions = {}): Promise<StartResult> {
    const settings = { temporal: this.#temporal, hashKeys: this.#hashKeys, actor: this.#actor };
    const result = await startOnboarding(settings, request, options);
    if (result.kind === 'started' && options.mail !== 'counted') {
      await this.mails.countSent(this.mails.keyOfAddress(request.email), result.runId);
    }
    return result;
  }

  /**
   * Gives the part of the form that you know already. The form on the sender's page begins with these values, and the
   * person completes and corrects them. Replaces an earlier prefill as a whole.
   */
  async setPrefill(
    reference: string,
    prefill: PrefillInput,
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const checked = parse(referenceSchema, reference, 'reference');
    const parsed = parse(prefillSchema, prefill, 'prefill');
    return writePrefill(this.#temporal, checked, parsed, options);
  }

  /** For a page with the form: personal data, unlike the view. Undefined if there is none, or no worker answers. */
  async prefill(reference: string): Promise<Prefill | undefined> {
    return readPrefill(this.#temporal, parse(referenceSchema, reference, 'reference'));
  }

  override async correctAddress(
    reference: string,
    correction: Parameters<OnboardingMessages['correctAddress']>[1],
    options: UpdateOptions = {},
  ): Promise<OnboardingView> {
    if (options.mail === 'counted') return super.correctAddress(reference, correction, options);
    const before = await this.mails.keyOf(reference);
    const view = await super.correctAddress(reference, correction, options);
    const mailKey = this.mails.keyOfAddress(correction.email);
    // The present address may be vouched for only now, which mails nobody.
    if (mailKey !== before) await this.mails.countSent(mailKey, randomUUID());
    return view;
  }

  override async remind(reference: string, options: UpdateOptions = {}): Promise<OnboardingView> {
    if (options.mail === 'counted') return super.remind(reference, options);
    const mailKey = await this.mails.keyOf(reference);
    const view = await super.remind(reference, options);
    await this.mails.countSent(mailKey, randomUUID());
    return view;
  }

  /** The whole view, or a `partial` one if no worker answers. */
  async view(reference: string, { queries = 'always' }: ViewOptions = {}): Promise<SenderView> {
    const known = queries === 'after-changes' ? this.#views : undefined;
    return readView(this.#temporal, parse(referenceSchema, reference, 'reference'), known);
  }

  /** The events so far, oldest first. */
  async timeline(reference: string): Promise<readonly TimelineEntry[]> {
    return readTimeline(this.#temporal, parse(referenceSchema, reference, 'reference'));
  }

  /**
   * Yields the view now, and again after each change, until the end. Reads Temporal about once a second, and
   * less often while nothing changes. Leaves nothing in the history, and queries the workflow only after changes.
   */
  follow(reference: string, options: FollowOptions = {}): AsyncIterableIterator<SenderView> {
    const checked = parse(referenceSchema, reference, 'reference');
    return followOnboarding(this.#temporal, checked, this.#views, options);
  }

  /** Waits for the end, which may take weeks. */
  async result(reference: string): Promise<Ending> {
    const checked = parse(referenceSchema, reference, 'reference');
    return callTemporal(this.#temporal, () => endingOf(this.#temporal, checked), NO_LIMIT);
  }

  /**
   * The matching onboardings, open ones first. Of each reference only the newest run appears. With a filter by an
   * ending status, an account or an address this costs one more search per 32 ended onboardings. Other filters
   * search once. `stuckOnly` searches a few times, and reads the candidates one by one.
   */
  list(
    filter: ListFilter = {},
    options: ListOptions = {},
  ): AsyncIterableIterator<OnboardingSummary> {
    const query = () => this.#query(filter);
    return listOnboardings(this.#temporal, { ...options, filter, query });
  }

  /** One page of the same list, in the order of Temporal's search. */
  async page(filter: ListFilter, options: PageOptions = {}): Promise<OnboardingPage> {
    const settings = { temporal: this.#temporal, hashKeys: this.#hashKeys };
    return listPage(settings, this.#query(filter), options);
  }

  /**
   * Whether the onboarding is open and matches the filter now, for an action on many that takes its time. Needs no
   * worker.
   */
  async stillMatches(reference: string, filter: StateFilter): Promise<boolean> {
    const checked = parse(referenceSchema, reference, 'reference');
    return stillMatches(this.#temporal, checked, filter);
  }

  /** The runs among these that an erasure left. One search per 32 cancelled ones. */
  async erasedAmong(onboardings: readonly OnboardingSummary[]): Promise<ReadonlySet<string>> {
    return erasedAmong(this.#temporal, onboardings);
  }

  /** The keyed hash of an address, by which searches find it. Reveals nothing without the key. */
  emailHashOf(email: string): string {
    return emailHash(parse(emailSchema, email, 'email'), this.#hashKeys[0]);
  }

  /** Hashes a caller's id of a message for `updateId`: Temporal stores update ids unencrypted. */
  messageIdOf(id: string): string {
    return messageHash(id, this.#hashKeys[0]);
  }

  /** The run that a start would find. Undefined if the reference has none. */
  async newestRun(reference: string): Promise<NewestRun | undefined> {
    return newestRun(this.#temporal, parse(referenceSchema, reference, 'reference'));
  }

  /**
   * References of each person's open onboardings, at most 20 each, for `hint`. One search for all people: Temporal
   * allows few searches a second. The search may lag a second behind.
   */
  async openOf(people: readonly HintedPerson[]): Promise<readonly (readonly string[])[]> {
    const sought = people.map(({ accountId, email }) => ({
      accountId,
      hashes: email === undefined ? [] : this.#hashesOf(email),
    }));
    return openOnboardings(this.#temporal, sought);
  }

  /** The policy of a running worker, which new onboardings follow. @throws NoWorkerError */
  async workerPolicy(): Promise<WorkerPolicy> {
    return readWorkerPolicy(this.#temporal);
  }

  /** How many open onboardings follow another policy than this one. */
  async countUnderOtherPolicy(fingerprint: string): Promise<number> {
    return countUnderOtherPolicy(this.#temporal, fingerprint);
  }

  /** Signals onboardings under another policy to read the worker's. Yields each reference after its signal. */
  applyPolicy(fingerprint: string): AsyncIterableIterator<string> {
    return applyPolicy(this.#temporal, fingerprint);
  }

  /** Signals all onboardings with this problem to try AR24 again now. Yields each reference after its signal. */
  async *checkAll(problem: ProblemKind): AsyncIterableIterator<string> {
    const kind = parse(messages.problemKind, problem, 'problem');
    for await (const { reference } of this.list({ problem: kind }))
      yield* await this.hint([reference]);
  }

  /** Signals all open onboardings to read AR24 now. Yields each reference after its signal. */
  async *checkOpen(): AsyncIterableIterator<string> {
    for await (const { reference } of this.list({ unchangedSince: new Date() }))
      yield* await this.hint([reference]);
  }

  /** Erasures that were requested since then and whose receipt Temporal still has, newest first. */
  erasures(since: Date): AsyncIterableIterator<ErasureEntry> {
    return listErasures(this.#temporal, since);
  }

  #query(filter: ListFilter): string {
    return listQuery(filter, (email) => this.#hashesOf(email));
  }

  #hashesOf(email: string): readonly string[] {
    return emailHashes(parse(emailSchema, email, 'email'), this.#hashKeys);
  }
}
