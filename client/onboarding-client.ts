import type { Client } from '@temporalio/client';
import {
  ATTRIBUTES,
  DEFAULT_POLICY,
  type Policy,
  type ProblemKind,
} from '../workflows/contract/index.ts';
import { refusePlaintext } from './encryption.ts';
import { endingOf, type Ending } from './ending.ts';
import { OnboardingNotFoundError, UpdateRefusedError } from './errors/index.ts';
import { emailHash, messageHash, type HashKey } from './hash-key.ts';
import { followOnboarding, type FollowOptions } from './follow.ts';
import { openOnboardings, type HintedPerson } from './hint.ts';
import { listPage, type OnboardingPage, type PageOptions } from './list-page.ts';
import { listOnboardings } from './list.ts';
import { OnboardingMessages } from './onboarding-messages.ts';
import { describe, newestRun, type NewestRun } from './onboarding-run.ts';
import { readView } from './read-view.ts';
import { email as emailSchema } from './schemas/email.ts';
import * as messages from './schemas/messages.ts';
import { parse } from './schemas/parse.ts';
import { policySchema } from './schemas/policy.ts';
import { reference as referenceSchema } from './schemas/reference.ts';
import type { StartRequest } from './schemas/start-request.ts';
import { startOnboarding, type StartOptions, type StartResult } from './start.ts';
import { callTemporal, NO_LIMIT } from './temporal-call.ts';
import type { TimelineEntry } from './timeline/entry.ts';
import { readTimeline } from './timeline/read.ts';
import { listQuery, type ListFilter } from './visibility-query.ts';
import { startsFor } from './starts.ts';
import type { OnboardingSummary, SenderView } from './view-types.ts';

export interface OnboardingClientOptions {
  /** Connected, and set to the namespace of the onboardings. */
  readonly temporal: Client;
  /** `plaintext`: the Temporal client need not encrypt. Default `encrypted`: it has to. */
  readonly payloads?: 'encrypted' | 'plaintext' | undefined;
  /** For hashes of addresses and requests. The same wherever onboardings are started. */
  readonly hashKey: HashKey;
  /** Keys used before, so that what they hashed is still found. */
  readonly formerHashKeys?: readonly HashKey[] | undefined;
  /** In whose name messages are sent that do not say. Default `client`. */
  readonly actor?: string | undefined;
  /** How patient the onboardings are that are started here. */
  readonly policy?: Policy | undefined;
}

/**
 * The onboardings of senders, as a host application handles them. Keeps no state but its settings.
 *
 * Every method checks what it is given (InvalidRequestError), answers within about 10 s but for
 * `result` and `follow`, and throws TemporalUnavailableError where Temporal cannot be used. Those on one
 * onboarding throw OnboardingNotFoundError. Updates also throw UpdateRefusedError, with the reason,
 * and NoWorkerError.
 */
export class OnboardingClient extends OnboardingMessages {
  readonly #temporal: Client;
  readonly #hashKeys: readonly [HashKey, ...HashKey[]];
  readonly #policy: Policy;

  /**
   * @throws InvalidRequestError on a policy that no onboarding could follow
   * @throws TypeError where the Temporal client encrypts nothing, and nobody said that it need not
   */
  constructor(options: OnboardingClientOptions) {
    const { temporal, hashKey, actor = 'client' } = options;
    super({ temporal, hashKey, actor });
    if (options.payloads !== 'plaintext') refusePlaintext(temporal);
    this.#temporal = temporal;
    this.#hashKeys = [hashKey, ...(options.formerHashKeys ?? [])];
    this.#policy = parse(policySchema, options.policy ?? DEFAULT_POLICY, 'policy');
  }

  /** Resolves if Temporal answers and has the namespace. */
  async ping(): Promise<void> {
    const { workflowService, options } = this.#temporal;
    await callTemporal(this.#temporal, () =>
      workflowService.describeNamespace({ namespace: options.namespace }),
    );
  }

  /** Starts an onboarding, or tells of the one that is there. May be repeated at any time. */
  async start(request: StartRequest, options: StartOptions = {}): Promise<StartResult> {
    const settings = { temporal: this.#temporal, hashKeys: this.#hashKeys, policy: this.#policy };
    return startOnboarding(settings, request, options);
  }

  /** Everything that is known; `partial` where no worker answers. */
  async view(reference: string): Promise<SenderView> {
    return readView(this.#temporal, parse(referenceSchema, reference, 'reference'));
  }

  /** What has happened so far, oldest first. */
  async timeline(reference: string): Promise<readonly TimelineEntry[]> {
    return readTimeline(this.#temporal, parse(referenceSchema, reference, 'reference'));
  }

  /**
   * The view now, then again whenever something has changed, until the end. Asks Temporal about once
   * a second, more rarely while nothing happens; leaves nothing in the history.
   */
  follow(reference: string, options: FollowOptions = {}): AsyncIterableIterator<SenderView> {
    return followOnboarding(
      this.#temporal,
      parse(referenceSchema, reference, 'reference'),
      options,
    );
  }

  /** Waits for the end, which may take weeks. */
  async result(reference: string): Promise<Ending> {
    const checked = parse(referenceSchema, reference, 'reference');
    return callTemporal(this.#temporal, () => endingOf(this.#temporal, checked), NO_LIMIT);
  }

  /**
   * Those that fit, open ones first. Each reference appears as its newest run only: an ended one is left
   * out where it was started again since. Where a status that ends, or an address is asked for, that
   * costs one more search per 32 ended onboardings; other filters search once.
   */
  list(filter: ListFilter = {}): AsyncIterableIterator<OnboardingSummary> {
    return listOnboardings(this.#temporal, filter, () => this.#query(filter));
  }

  /** A page of the same, in the order in which Temporal finds them. */
  async page(filter: ListFilter, options: PageOptions = {}): Promise<OnboardingPage> {
    const settings = { temporal: this.#temporal, hashKeys: this.#hashKeys };
    return listPage(settings, this.#query(filter), options);
  }

  /**
   * Whose onboardings were started for each of these addresses since a moment, by one search for all;
   * addresses by their hashes, a reference once for each start, 1,000 at most. Temporal bears few
   * searches a second, and may lag a second behind.
   */
  async startsOf(
    emailHashes: readonly string[],
    since: Date,
  ): Promise<readonly (readonly string[])[]> {
    return startsFor(this.#temporal, emailHashes, since);
  }

  /** The keyed hash by which an address is found: tells nothing without the key. */
  emailHashOf(email: string): string {
    return emailHash(parse(emailSchema, email, 'email'), this.#hashKeys[0]);
  }

  /** For `updateId`, of what others call a message: Temporal keeps update ids readable, whatever stands in them. */
  messageIdOf(id: string): string {
    return messageHash(id, this.#hashKeys[0]);
  }

  /** What a start would meet: undefined where there is none of this reference. */
  async newestRun(reference: string): Promise<NewestRun | undefined> {
    return newestRun(this.#temporal, parse(referenceSchema, reference, 'reference'));
  }

  /** The same of an onboarding's present address. Undefined where it has none, as one withdrawn early. */
  async mailKeyOf(reference: string): Promise<string | undefined> {
    const checked = parse(referenceSchema, reference, 'reference');
    const run = await describe(this.#temporal, checked);
    return run.typedSearchAttributes.get(ATTRIBUTES.emailHash);
  }

  /**
   * References of each person's open onboardings, 20 at most, by one search for all: for `hint`. Temporal
   * bears few searches a second, and may lag a second behind.
   */
  async openOf(people: readonly HintedPerson[]): Promise<readonly (readonly string[])[]> {
    const sought = people.map(({ accountId, email }) => ({
      accountId,
      hashes: email === undefined ? [] : this.#hashesOf(email),
    }));
    return openOnboardings(this.#temporal, sought);
  }

  /** Has AR24 tried again now for all that have this problem. Yields each reference once done. */
  async *checkAll(problem: ProblemKind): AsyncIterableIterator<string> {
    const kind = parse(messages.problemKind, problem, 'problem');
    for await (const { reference } of this.list({ problem: kind })) {
      try {
        await this.check(reference);
        yield reference;
      } catch (error) {
        // It ended while the list was read, or was even deleted.
        const gone =
          error instanceof UpdateRefusedError || error instanceof OnboardingNotFoundError;
        if (!gone) throw error;
      }
    }
  }

  #query(filter: ListFilter): string {
    return listQuery(filter, (email) => this.#hashesOf(email));
  }

  #hashesOf(email: string): readonly string[] {
    const address = parse(emailSchema, email, 'email');
    return this.#hashKeys.map((key) => emailHash(address, key));
  }
}
