/** The workflows that are compared: the real onboarding and the bare workflows. */
import type { Claimable } from '../../workflows/contract/index.ts';
import type { BenchWorker } from '../worker.ts';

/** `attached`: the account exists, its holder accepts. `created`: form, e-mail, terms. */
export type Flow = 'attached' | 'created';

export interface StartedOnboarding {
  /** Signals that the person has accepted. */
  accept(done: readonly Claimable[]): Promise<void>;
  /** Resolves at the end. It long-polls the server, so it does not suit thousands at a time. */
  end(): Promise<unknown>;
}

export interface Contender {
  readonly name: string;
  startWorker(): Promise<BenchWorker>;
  start(flow: Flow, reference: string, email: string): Promise<StartedOnboarding>;
  /** Resolves when this person has carried out all requests. */
  acted(flow: Flow, email: string): Promise<readonly Claimable[]>;
}
