/** The calls of one gateway to Temporal: each request has a deadline, and no call outlasts the connection. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  answeredWithin,
  TemporalUnavailableError,
  type OnboardingClient,
} from '../client/index.ts';
import { within } from '../client/races.ts';
import { InFlight } from './in-flight.ts';
import { StartLimit } from './start-limit.ts';

/** With the leeway, callers learn within 2 s that Temporal cannot be used. */
const TIMEOUT_MS = 1_200;
/**
 * The SDK overruns its own deadline: before it repeats a call that an overloaded Temporal refused, it pauses for up
 * to 2 s. Such a call is abandoned after this multiple of the time-out.
 */
const LEEWAY = 1.5;
/** An interval and an unanswered ping together take less than 2 s as well. */
const PING_EVERY_MS = 500;
const PING_SHARE = 2 / 3;

export class TemporalCalls {
  readonly #onboardings: Pick<OnboardingClient, 'ping'>;
  readonly #timeoutMs: number;
  readonly #onUnavailable: () => void;
  readonly #inFlight = new InFlight();
  readonly #starts = new StartLimit();

  /** @param onUnavailable called for each use that Temporal did not answer in time, or refused */
  constructor(
    onboardings: Pick<OnboardingClient, 'ping'>,
    timeoutMs = TIMEOUT_MS,
    onUnavailable: () => void = () => undefined,
  ) {
    this.#onboardings = onboardings;
    this.#timeoutMs = timeoutMs;
    this.#onUnavailable = onUnavailable;
  }

  /**
   * Bounds all calls that `use` makes, together.
   *
   * @throws TemporalUnavailableError after the time-out, or the error of `use`
   */
  async withDeadline<T>(use: () => Promise<T>, timeoutMs = this.#timeoutMs): Promise<T> {
    return this.#noting(() => this.#bounded(use, timeoutMs));
  }

  /**
   * The same for a start, or an event that may be one. Only as many are in progress as Temporal can take.
   *
   * @throws TemporalUnavailableError also at once, if more are requested
   */
  async startWithDeadline<T>(start: () => Promise<T>): Promise<T> {
    return this.#noting(() => this.#starts.run(() => this.#bounded(start, this.#timeoutMs)));
  }

  #bounded<T>(use: () => Promise<T>, timeoutMs: number): Promise<T> {
    return within(timeoutMs * LEEWAY, this.track(answeredWithin(timeoutMs, use)), () => {
      throw new TemporalUnavailableError(`no answer within ${timeoutMs / 1_000} s`);
    });
  }

  async #noting<T>(use: () => Promise<T>): Promise<T> {
    try {
      return await use();
    } catch (error) {
      if (error instanceof TemporalUnavailableError) this.#onUnavailable();
      throw error;
    }
  }

  /**
   * Waits for work that takes as long as a worker needs, and pings Temporal meanwhile.
   *
   * @throws TemporalUnavailableError as soon as a ping fails, or the error of `work`
   */
  async whileReachable<T>(work: Promise<T>): Promise<T> {
    const over = new AbortController();
    const watch = async (): Promise<never> => {
      for (;;) {
        await pause(PING_EVERY_MS, undefined, { signal: over.signal });
        await this.withDeadline(() => this.#onboardings.ping(), this.#timeoutMs * PING_SHARE);
      }
    };
    try {
      return await Promise.race([this.track(work), watch()]);
    } finally {
      over.abort();
    }
  }

  /** For work that may outlast its request: an abandoned call, or a stream. */
  track<T>(work: Promise<T>): Promise<T> {
    return this.#inFlight.track(work);
  }

  /** Resolves once no call is in flight: the SDK ends the process if it repeats a call on a closed connection. */
  ended(): Promise<void> {
    return this.#inFlight.settled();
  }
}
