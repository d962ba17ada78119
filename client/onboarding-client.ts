import type { Client } from '@temporalio/client';
import {
  acceptedSignal,
  cancelUpdate,
  checkSignal,
  correctAddressUpdate,
  DEFAULT_POLICY,
  extendUpdate,
  overrideUpdate,
  refusedSignal,
  registerUpdate,
  remindUpdate,
  type Cancel,
  type Claimable,
  type CorrectAddress,
  type Extend,
  type OnboardingView,
  type Overridable,
  type Override,
  type Policy,
  type ProblemKind,
  type RegistrationForm,
} from '../workflows/contract/index.ts';
import { OnboardingNotFoundError, UpdateRefusedError } from './errors/index.ts';
import { emailHash, type HashKey } from './hash-key.ts';
import { followOnboarding, type FollowOptions } from './follow.ts';
import { listOnboardings } from './list.ts';
import { endingOf, type Ending } from './onboarding-run.ts';
import { readView } from './read-view.ts';
import { email as emailSchema } from './schemas/email.ts';
import * as messages from './schemas/messages.ts';
import { parse } from './schemas/parse.ts';
import { policySchema } from './schemas/policy.ts';
import { reference as referenceSchema } from './schemas/reference.ts';
import { registrationForm } from './schemas/registration-form.ts';
import type { StartRequest } from './schemas/start-request.ts';
import { sendSignal, sendUpdate, type UpdateOptions } from './send.ts';
import { startOnboarding, type StartOptions, type StartResult } from './start.ts';
import { callTemporal, NO_LIMIT } from './temporal-call.ts';
import type { TimelineEntry } from './timeline/entry.ts';
import { readTimeline } from './timeline/read.ts';
import type { ListFilter } from './visibility-query.ts';
import type { OnboardingSummary, SenderView } from './view-types.ts';

export interface OnboardingClientOptions {
  /** Connected, and set to the namespace of the onboardings. */
  readonly temporal: Client;
  /** For hashes of addresses and requests. The same wherever onboardings are started. */
  readonly hashKey: HashKey;
  /** Keys used before, so that what they hashed is still found. */
  readonly formerHashKeys?: readonly HashKey[] | undefined;
  /** In whose name messages are sent that do not say. Default `client`. */
  readonly actor?: string | undefined;
  /** How patient the onboardings are that are started here. */
  readonly policy?: Policy | undefined;
}

interface By {
  /** Default: the client's actor. */
  readonly by?: string | undefined;
}

/**
 * The onboardings of senders, as a host application handles them. Keeps no state but its settings.
 *
 * Every method checks what it is given (InvalidRequestError), answers within about 10 s but for
 * `result` and `follow`, and throws TemporalUnavailableError where Temporal cannot be used. Those on one
 * onboarding throw OnboardingNotFoundError. Updates also throw UpdateRefusedError, with the reason,
 * and NoWorkerError.
 */
export class OnboardingClient {
  readonly #temporal: Client;
  readonly #hashKeys: readonly [HashKey, ...HashKey[]];
  readonly #actor: string;
  readonly #policy: Policy;

  /** @throws InvalidRequestError on a policy that no onboarding could follow */
  constructor(options: OnboardingClientOptions) {
    this.#temporal = options.temporal;
    this.#hashKeys = [options.hashKey, ...(options.formerHashKeys ?? [])];
    this.#actor = options.actor ?? 'client';
    this.#policy = parse(policySchema, options.policy ?? DEFAULT_POLICY, 'policy');
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
    return listOnboardings(this.#temporal, filter, (email) => {
      const address = parse(emailSchema, email, 'email');
      return this.#hashKeys.map((key) => emailHash(address, key));
    });
  }

  /** Hands in the registration form, the first time or after AR24 refused a field. */
  async register(
    reference: string,
    form: RegistrationForm,
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const args: [RegistrationForm] = [parse(registrationForm, form)];
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(registerUpdate, { args, updateId }),
    );
  }

  /** Corrects the e-mail address, as long as there is no account for it. */
  async correctAddress(
    reference: string,
    correction: { readonly email: string; readonly emailVerified?: boolean | undefined },
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const parsed = parse(messages.addressCorrection, correction);
    const hash = emailHash(parsed.email, this.#hashKeys[0]);
    const args: [CorrectAddress] = [{ ...parsed, emailHash: hash }];
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(correctAddressUpdate, { args, updateId }),
    );
  }

  /** Has AR24 mail the person once more, now. */
  async remind(reference: string, options?: UpdateOptions): Promise<OnboardingView> {
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(remindUpdate, { updateId }),
    );
  }

  /** Moves the deadline. A date alone, such as `2027-01-31`, means its last moment, UTC. */
  async extend(
    reference: string,
    extension: { readonly until: string | Date },
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const args: [Extend] = [parse(messages.extension, extension)];
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(extendUpdate, { args, updateId }),
    );
  }

  async cancel(
    reference: string,
    cancellation: { readonly reason: string } & By,
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const args: [Cancel] = [parse(messages.cancellation, this.#signed(cancellation))];
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(cancelUpdate, { args, updateId }),
    );
  }

  /** Settles a requirement that AR24 does not show, on an operator's word. */
  async override(
    reference: string,
    overriding: { readonly requirement: Overridable; readonly reason: string } & By,
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const args: [Override] = [parse(messages.overriding, this.#signed(overriding))];
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(overrideUpdate, { args, updateId }),
    );
  }

  /** Claims that something was accepted. AR24 is read before it is believed. */
  async accept(reference: string, claim: { readonly what: Claimable } & By): Promise<void> {
    const accepted = parse(messages.claim, this.#signed(claim));
    await this.#signal(reference, (handle) => handle.signal(acceptedSignal, accepted));
  }

  /** Claims that the holder refused access. AR24 is read: access granted wins. */
  async refuse(reference: string, claim: By = {}): Promise<void> {
    const refused = parse(messages.refusal, this.#signed(claim));
    await this.#signal(reference, (handle) => handle.signal(refusedSignal, refused));
  }

  /** Has AR24 looked at now. */
  async check(reference: string): Promise<void> {
    const by = this.#actor;
    await this.#signal(reference, (handle) => handle.signal(checkSignal, { by }));
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

  #signed<T extends By>(message: T): T & { readonly by: string } {
    return { ...message, by: message.by ?? this.#actor };
  }

  async #signal(reference: string, signal: Parameters<typeof sendSignal>[2]): Promise<void> {
    await sendSignal(this.#temporal, parse(referenceSchema, reference, 'reference'), signal);
  }

  async #update(
    reference: string,
    options: UpdateOptions | undefined,
    update: Parameters<typeof sendUpdate>[2],
  ): Promise<OnboardingView> {
    const checked = parse(referenceSchema, reference, 'reference');
    return sendUpdate(this.#temporal, checked, update, options);
  }
}
