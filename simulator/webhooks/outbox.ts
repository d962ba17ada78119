import { randomUUID } from 'node:crypto';
import { formatParisDate } from '../api/paris-date.ts';
import type { Switches } from '../settings/switches.ts';
import type { SimulatedAccount } from '../state/account.ts';
import type { Records } from '../state/records.ts';
import type { WebhookDelivery, WebhookState } from './delivery.ts';
import { send } from './send.ts';

/** AR24's schedule of webhook attempts (docs/ar24-api.md 8). */
const MAX_ATTEMPTS = 48;
const RETRY_AFTER_MS = 15 * 60_000;

/** How long AR24 waits for an answer to the attempt, in ms. Attempts count from 1. */
export function timeoutMs(attempt: number): number {
  if (attempt < 10) return 2_500;
  if (attempt < 20) return 4_500;
  if (attempt < 30) return 6_500;
  if (attempt < 40) return 8_500;
  return 11_000;
}

export interface OutboxOptions {
  readonly records: Records;
  readonly settled: () => Promise<void>;
  readonly switches: () => Switches;
  readonly now: () => Date;
  readonly stopping: AbortSignal;
}

/**
 * Calls the partner's webhook after changes by holders. An attempt is repeated every 15 minutes until the
 * partner answers 200, at most 48 times. Deliveries are in the records and so survive a kill; an attempt
 * that was interrupted is then made again.
 */
export class WebhookOutbox {
  readonly #options: OutboxOptions;
  /** Attempts in flight, by the id of the delivery. */
  readonly #inFlight = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Queues a webhook and sends it at once, if webhooks are on. */
  announce(account: SimulatedAccount, state: WebhookState, now: Date): void {
    const { webhookUrl, webhookFields, webhookStates } = this.#options.switches();
    if (webhookUrl === null || !webhookStates.includes(state)) return;
    const values = {
      id: account.id,
      email: account.email,
      custom_ref: account.custom_ref,
      state,
      date: formatParisDate(now),
    };
    const fields = Object.entries(webhookFields).map(([name, source]): [string, string] => [
      name,
      values[source],
    ]);
    this.#options.records.putDelivery({
      id: randomUUID(),
      accountId: account.id,
      state,
      fields: Object.fromEntries(fields),
      attempts: 0,
      dueAt: now.toISOString(),
    });
    this.wake();
  }

  /** Makes the attempts that are due, then waits for the next one. Call once at start. */
  wake(): void {
    clearTimeout(this.#timer);
    const { records, switches, now, stopping } = this.#options;
    if (stopping.aborted) return;
    const waiting = records.deliveries.filter(({ id }) => !this.#inFlight.has(id));
    if (waiting.length === 0) return;
    const next = Math.min(...waiting.map(({ dueAt }) => Date.parse(dueAt)));
    // Webhooks are off: they may be switched on later.
    const dueInMs = switches().webhookUrl === null ? RETRY_AFTER_MS : next - now().getTime();
    const inMs = Math.min(Math.max(0, dueInMs), RETRY_AFTER_MS);
    this.#timer = setTimeout(() => {
      // Fails only if the state cannot be written; then the next call to the API fails too.
      this.tick(now()).catch(() => undefined);
    }, inMs).unref();
  }

  /** Makes the attempts that are due at `now`; resolves when all have ended. */
  async tick(now: Date): Promise<void> {
    const due = this.#options.records.deliveries.filter(
      ({ dueAt }) => Date.parse(dueAt) <= now.getTime(),
    );
    await Promise.all(due.map((delivery) => this.#attemptOnce(delivery, now)));
    this.wake();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** A delivery never has two attempts at the same time. */
  #attemptOnce(delivery: WebhookDelivery, now: Date): Promise<void> {
    const running = this.#inFlight.get(delivery.id);
    if (running !== undefined) return running;
    const attempt = this.#attempt(delivery, now).finally(() => {
      this.#inFlight.delete(delivery.id);
    });
    this.#inFlight.set(delivery.id, attempt);
    return attempt;
  }

  async #attempt(delivery: WebhookDelivery, now: Date): Promise<void> {
    const { records, settled, switches, stopping } = this.#options;
    const { webhookUrl: url, webhookEncoding: encoding } = switches();
    // Webhooks were switched off: the delivery waits for the next URL.
    if (url === null) return;
    const number = delivery.attempts + 1;
    const { fields, accountId, state } = delivery;
    const outcome = await send({
      url,
      encoding,
      fields,
      timeoutMs: timeoutMs(number),
      signal: stopping,
    });
    // A reset has deleted the delivery meanwhile: do not record the attempt.
    if (stopping.aborted || !records.hasDelivery(delivery.id)) return;
    const at = now.toISOString();
    records.recordAttempt({
      deliveryId: delivery.id,
      attempt: number,
      at,
      accountId,
      state,
      outcome,
    });
    if (outcome === 200 || number >= MAX_ATTEMPTS) records.removeDelivery(delivery.id);
    else {
      const dueAt = new Date(now.getTime() + RETRY_AFTER_MS).toISOString();
      records.putDelivery({ ...delivery, attempts: number, dueAt });
    }
    await settled();
  }
}
