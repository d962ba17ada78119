/** What can be said to one onboarding. */
import type { Client } from '@temporalio/client';
import {
  acceptedSignal,
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
  type Override,
  type RegistrationForm,
} from '../workflows/contract/index.ts';
import { eraseByEvent, erasureOf, eraseSender, type Erasure, type HeededBefore } from './erase.ts';
import { emailHash, type HashKey } from './hash-key.ts';
import { hintAt } from './hint.ts';
import * as messages from './schemas/messages.ts';
import { parse } from './schemas/parse.ts';
import { reference as referenceSchema } from './schemas/reference.ts';
import { registrationForm } from './schemas/registration-form.ts';
import { text } from './schemas/text.ts';
import { sendSignal, sendUpdate, type UpdateOptions } from './send.ts';
import { withdrawSignUp, type Withdrawn } from './withdraw.ts';

export interface By {
  /** Default: the client's actor. */
  readonly by?: string | undefined;
}

export interface MessageSettings {
  readonly temporal: Client;
  /** The one in use. */
  readonly hashKey: HashKey;
  /** In whose name messages are sent that do not say. */
  readonly actor: string;
}

/** The part of the client that sends: signals for what is durable at once, updates for what is answered. */
export class OnboardingMessages {
  readonly #settings: MessageSettings;

  constructor(settings: MessageSettings) {
    this.#settings = settings;
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
    const hash = emailHash(parsed.email, this.#settings.hashKey);
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
    const by = this.#settings.actor;
    await this.#signal(reference, (handle) => handle.signal(checkSignal, { by }));
  }

  /**
   * The same for several, and without a word where there is no open one: somebody only heard that
   * something may have happened. Durable with no worker up.
   *
   * @returns those that were open
   */
  async hint(references: readonly string[], { by }: By = {}): Promise<readonly string[]> {
    const checked = references.map((one) => parse(referenceSchema, one, 'reference'));
    const actor = parse(messages.refusal, this.#signed({ by }));
    return hintAt(this.#settings.temporal, checked, actor.by);
  }

  /**
   * Takes the sign-up back, also one that has not begun yet: a start that comes later then finds it
   * ended. Unlike `cancel` it needs no worker, and may be repeated: with the same `eventId` also after the
   * onboarding was started again, which it then says nothing of.
   */
  async withdraw(
    reference: string,
    withdrawal: { readonly reason: string; readonly eventId?: string | undefined } & By,
  ): Promise<Withdrawn> {
    const checked = parse(referenceSchema, reference, 'reference');
    const { eventId, ...said } = withdrawal;
    const message = parse(messages.withdrawal, this.#signed(said));
    const id = eventId === undefined ? undefined : parse(text, eventId, 'eventId');
    return withdrawSignUp(this.#settings.temporal, checked, message, id);
  }

  /**
   * Has everything forgotten that is kept of a sender here: ends what is open, deletes every run from
   * Temporal, and leaves a receipt. Durable with no worker up, and done as soon as one runs; a start that
   * comes later finds it ended. May be repeated. See docs/privacy.md for what it cannot reach.
   */
  async erase(reference: string, { by }: By = {}): Promise<Erasure> {
    return eraseSender(this.#settings.temporal, this.#erasure(reference, by));
  }

  /** The same as an event asks, which, delivered again, leaves alone what was begun since. */
  async eraseByEvent(
    reference: string,
    { by, eventId }: { readonly eventId: string } & By,
  ): Promise<Erasure | HeededBefore> {
    const id = parse(text, eventId, 'eventId');
    return eraseByEvent(this.#settings.temporal, this.#erasure(reference, by), id);
  }

  /** How far the newest erasure is. Undefined where none was asked for, or Temporal has forgotten it. */
  async erasure(reference: string): Promise<Erasure | undefined> {
    return erasureOf(this.#settings.temporal, parse(referenceSchema, reference, 'reference'));
  }

  /** Makes every link to the sender's page void that was made before. */
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
