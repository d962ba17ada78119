/** When each alert became pending, fired and ended, as Prometheus shows them. */
import { until } from '../pause.ts';

interface Seen {
  readonly alert: string;
  readonly summary: string;
  readonly isFiring: boolean;
  readonly activeAt: Date;
}

export interface Episode {
  readonly alert: string;
  readonly summary: string;
  readonly pendingAt: Date;
  readonly firingAt?: Date;
  readonly endedAt?: Date;
}

export class Episodes {
  #episodes: Episode[] = [];

  get all(): readonly Episode[] {
    return this.#episodes;
  }

  /** An alert that has several series, such as one for each kind of problem, has one episode for all of them. */
  see(active: readonly Seen[]): void {
    const now = new Date();
    const names = new Set(active.map(({ alert }) => alert));
    this.#episodes = this.#episodes.map((episode) =>
      episode.endedAt === undefined && !names.has(episode.alert)
        ? { ...episode, endedAt: now }
        : episode,
    );
    for (const seen of active) this.#put(seen, now);
  }

  #put({ alert, summary, isFiring, activeAt }: Seen, now: Date): void {
    const open = this.#episodes.findIndex(
      (episode) => episode.alert === alert && episode.endedAt === undefined,
    );
    const before = this.#episodes[open] ?? { alert, summary, pendingAt: activeAt };
    const after =
      isFiring && before.firingAt === undefined ? { ...before, summary, firingAt: now } : before;
    if (open === -1) this.#episodes.push(after);
    else this.#episodes[open] = after;
  }

  /** The first episode after a time that has fired. */
  firedAfter(alert: string, begin: Date): Episode | undefined {
    return this.#episodes.find(
      (one) => one.alert === alert && one.firingAt !== undefined && one.firingAt >= begin,
    );
  }

  lastEndOf(alert: string): Date | undefined {
    return this.#episodes.findLast((one) => one.alert === alert)?.endedAt;
  }

  isActive(alert: string): boolean {
    return this.#episodes.some((one) => one.alert === alert && one.endedAt === undefined);
  }

  /** @throws Error if an alert does not fire in time */
  async fire(alerts: readonly string[], begin: Date, limitMs: number): Promise<void> {
    await until(`${alerts.join(', ')} fire`, limitMs, () =>
      Promise.resolve(alerts.every((alert) => this.firedAfter(alert, begin) !== undefined)),
    );
  }

  /** @throws Error if an alert does not end in time */
  async end(alerts: readonly string[], limitMs: number): Promise<void> {
    await until(`${alerts.join(', ')} end`, limitMs, () =>
      Promise.resolve(!alerts.some((alert) => this.isActive(alert))),
    );
  }
}
