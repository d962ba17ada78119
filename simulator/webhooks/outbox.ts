import { randomUUID } from 'node:crypto';
import { formatParisDate } from '../api/paris-date.ts';
import type { Switches } from '../settings/switches.ts';
import type { Account } from '../state/account.ts';
import type { Records } from '../state/records.ts';
import type { Delivery } from './delivery.ts';
import { MAX_ATTEMPTS, RETRY_AFTER_MS, timeoutMs } from './schedule.ts';
import { send } from './send.ts';
import type { WebhookState } from './states.ts';

export interface OutboxOptions {
  readonly records: Records;
  readonly settled: () => Promise<void>;
  readonly switches: () => Switches;
  readonly now: () => Date;
  readonly stopping: AbortSignal;
}

/**
 * Tells the partner's webhook what holders did, again every 15 minutes until it answers 200, at most
 * 48 times. Deliveries wait in the records and so outlive a kill; one that was under way is then
 * made again.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** Being sent right now, by id. */
  readonly #underWay = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Queues the announcement, if anybody is to be told; it is sent at once. */
  announce(account: Account, state: WebhookState, now: Date): void {
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

  /** Sends what is due, then sleeps until the next is. Call once at start. */
  wake(): void {
    clearTimeout(this.#timer);
    const { records, switches, now, stopping } = this.#options;
    if (stopping.aborted) return;
    const waiting = records.deliveries.filter(({ id }) => !this.#underWay.has(id));
    if (waiting.length === 0) return;
    const next = Math.min(...waiting.map(({ dueAt }) => Date.parse(dueAt)));
    // With nobody to be told, an address may be named later.
    const dueInMs = switches().webhookUrl === null ? RETRY_AFTER_MS : next - now().getTime();
    const inMs = Math.min(Math.max(0, dueInMs), RETRY_AFTER_MS);
    this.#timer = setTimeout(() => {
      // Fails only if the state cannot be written, which the next call to the API says aloud.
      this.tick(now()).catch(() => undefined);
    }, inMs).unref();
  }

  /** Makes every attempt that is due at `now`, and resolves when all are through. */
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

  /** Never two attempts of one delivery at a time. */
  #attemptOnce(delivery: Delivery, now: Date): Promise<void> {
    const running = this.#underWay.get(delivery.id);
    if (running !== undefined) return running;
    const attempt = this.#attempt(delivery, now).finally(() => {
      this.#underWay.delete(delivery.id);
    });
    this.#underWay.set(delivery.id, attempt);
    return attempt;
  }

  async #attempt(delivery: Delivery, now: Date): Promise<void> {
    const { records, settled, switches, stopping } = this.#options;
    const { webhookUrl: url, webhookEncoding: encoding } = switches();
    // Switched off since: it stays, and goes to the next address that is named.
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
    // Forgotten by a reset meanwhile, it belongs to no ledger any more.
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
