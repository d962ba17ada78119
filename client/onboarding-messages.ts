/** The messages to one onboarding. */
import type { Client } from '@temporalio/client';
import {
  acceptedSignal,
  addressReportedSignal,
  cancelUpdate,
  checkSignal,
  correctAddressUpdate,
  extendUpdate,
  overrideUpdate,
  refusedSignal,
  registerUpdate,
  remindUpdate,
  revokeLinksUpdate,
  type Cancel,
  type Claimable,
  type CorrectAddress,
  type Extend,
  type OnboardingView,
  type Overridable,
  type OverrideMessage,
  type RegistrationForm,
} from '../workflows/contract/index.ts';
import { viewAtEnd } from './ending.ts';
import {
  eraseByEvent,
  erasureOf,
  eraseSender,
  type Erasure,
  type ProcessedBefore,
} from './erase.ts';
import { emailHashes, type HashKey } from './hash-key.ts';
import { hintAt } from './hint.ts';
import * as messages from './schemas/messages.ts';
import { parse } from './schemas/parse.ts';
import { reference as referenceSchema, text } from './schemas/text.ts';
import { registrationForm } from './schemas/registration-form.ts';
import { sendSignal, sendUpdate, type UpdateOptions } from './send.ts';
import { withdrawSignUp, type Withdrawn } from './withdraw.ts';

export interface By {
  /** Default: the client's actor. */
  readonly by?: string | undefined;
}

export interface MessageSettings {
  readonly temporal: Client;
  /** The key in use, then the former keys. */
  readonly hashKeys: readonly HashKey[];
  /** Author of messages that name none. */
  readonly actor: string;
}

/** The part of the client that sends messages: signals, which are durable at once, and updates, which return a view. */
export class OnboardingMessages {
  readonly #settings: MessageSettings;

  constructor(settings: MessageSettings) {
    this.#settings = settings;
  }

  /** Submits the registration form, the first time or after AR24 refused a field. */
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

  /** Corrects the e-mail address while there is no account for it. */
  async correctAddress(
    reference: string,
    correction: { readonly email: string; readonly emailVerified?: boolean | undefined } & By,
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const parsed = parse(messages.addressCorrection, this.#signed(correction));
    const hashes = emailHashes(parsed.email, this.#settings.hashKeys);
    const args: [CorrectAddress] = [{ ...parsed, emailHashes: hashes }];
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(correctAddressUpdate, { args, updateId }),
    );
  }

  /**
   * Reports the present address of the sign-up. It corrects the address while there is no account, and afterwards
   * the view shows it. Durable even if no worker runs. Of several reports the newest by `asOf` counts.
   */
  async reportAddress(
    reference: string,
    report: { readonly email: string; readonly emailVerified: boolean; readonly asOf: Date } & By,
  ): Promise<void> {
    const { asOf, ...correction } = report;
    const parsed = parse(messages.addressCorrection, this.#signed(correction));
    const hashes = emailHashes(parsed.email, this.#settings.hashKeys);
    const message = { ...parsed, emailHashes: hashes, asOf: asOf.getTime() };
    await this.#signal(reference, (handle) => handle.signal(addressReportedSignal, message));
  }

  /** Requests that AR24 mail the person again now. */
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

  /** Ends the onboarding. The view has no outcome yet if that takes over two seconds, such as during a slow call. */
  async cancel(
    reference: string,
    cancellation: { readonly reason: string } & By,
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const args: [Cancel] = [parse(messages.cancellation, this.#signed(cancellation))];
    const view = await this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(cancelUpdate, { args, updateId }),
    );
    return (await viewAtEnd(this.#settings.temporal, reference)) ?? view;
  }

  /** Records an operator's decision that a requirement counts as satisfied although AR24 does not show it. */
  async override(
    reference: string,
    overriding: { readonly requirement: Overridable; readonly reason: string } & By,
    options?: UpdateOptions,
  ): Promise<OnboardingView> {
    const args: [OverrideMessage] = [parse(messages.overriding, this.#signed(overriding))];
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(overrideUpdate, { args, updateId }),
    );
  }

  /** Claims that a requirement is satisfied. The onboarding reads AR24 before it believes the claim. */
  async accept(reference: string, claim: { readonly what: Claimable } & By): Promise<void> {
    const accepted = parse(messages.claim, this.#signed(claim));
    await this.#signal(reference, (handle) => handle.signal(acceptedSignal, accepted));
  }

  /** Claims that the holder refused access. The onboarding reads AR24: access that is granted wins. */
  async refuse(reference: string, claim: By = {}): Promise<void> {
    const refused = parse(messages.refusal, this.#signed(claim));
    await this.#signal(reference, (handle) => handle.signal(refusedSignal, refused));
  }

  /** Requests a read of AR24 now. */
  async check(reference: string): Promise<void> {
    const by = this.#settings.actor;
    await this.#signal(reference, (handle) => handle.signal(checkSignal, { by }));
  }

  /**
   * The same for several references. Ignores those without an open onboarding, since a hint claims nothing.
   * Durable even if no worker runs.
   *
   * @returns the references that were open
   */
  async hint(references: readonly string[], { by }: By = {}): Promise<readonly string[]> {
    const checked = references.map((one) => parse(referenceSchema, one, 'reference'));
    const actor = parse(messages.refusal, this.#signed({ by }));
    return hintAt(this.#settings.temporal, checked, actor.by);
  }

  /**
   * Withdraws the sign-up, even before its onboarding began: a later start then finds it ended. Unlike `cancel` it
   * needs no worker, and may be repeated. With the same `eventId` a repetition never ends a restarted onboarding.
   */
  async withdraw(
    reference: string,
    withdrawal: { readonly reason: string; readonly eventId?: string | undefined } & By,
  ): Promise<Withdrawn> {
    const checked = parse(referenceSchema, reference, 'reference');
    const { eventId, ...rest } = withdrawal;
    const message = parse(messages.withdrawal, this.#signed(rest));
    const id = eventId === undefined ? undefined : parse(text, eventId, 'eventId');
    return withdrawSignUp(this.#settings.temporal, checked, message, id);
  }

  /**
   * Erases everything about a sender here: ends an open onboarding, deletes every run from Temporal, and leaves a
   * receipt. The request is durable even if no worker runs, and is carried out as soon as one does. A later start
   * finds an ended onboarding. May be repeated. docs/privacy.md lists the data that it cannot reach.
   */
  async erase(reference: string, { by }: By = {}): Promise<Erasure> {
    return eraseSender(this.#settings.temporal, this.#erasure(reference, by));
  }

  /** The same for an event, whose redelivery does not touch later onboardings. */
  async eraseByEvent(
    reference: string,
    { by, eventId }: { readonly eventId: string } & By,
  ): Promise<Erasure | ProcessedBefore> {
    const id = parse(text, eventId, 'eventId');
    return eraseByEvent(this.#settings.temporal, this.#erasure(reference, by), id);
  }

  /** The state of the newest erasure. Undefined if none was requested, or its retention is over. */
  async erasure(reference: string): Promise<Erasure | undefined> {
    return erasureOf(this.#settings.temporal, parse(referenceSchema, reference, 'reference'));
  }

  /** Revokes every earlier link to the sender's page. */
  async revokeLinks(reference: string, options?: UpdateOptions): Promise<OnboardingView> {
    return this.#update(reference, options, (handle, updateId) =>
      handle.executeUpdate(revokeLinksUpdate, { updateId }),
    );
  }

  #erasure(reference: string, by: string | undefined) {
    return {
      reference: parse(referenceSchema, reference, 'reference'),
      by: parse(messages.refusal, this.#signed({ by })).by,
      requestedAt: new Date().toISOString(),
    };
  }

  #signed<T extends By>(message: T): T & { readonly by: string } {
    return { ...message, by: message.by ?? this.#settings.actor };
  }

  async #signal(reference: string, signal: Parameters<typeof sendSignal>[2]): Promise<void> {
    await sendSignal(
      this.#settings.temporal,
      parse(referenceSchema, reference, 'reference'),
      signal,
    );
  }

  async #update(
    reference: string,
    options: UpdateOptions | undefined,
    update: Parameters<typeof sendUpdate>[2],
  ): Promise<OnboardingView> {
    const checked = parse(referenceSchema, reference, 'reference');
    return sendUpdate(this.#settings.temporal, checked, update, options);
  }
}
