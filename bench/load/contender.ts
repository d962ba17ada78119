/** What races: the real onboarding, and yardsticks of the same shape. */
import type { Claimable } from '../../workflows/contract/index.ts';
import type { RunningWorker } from '../worker.ts';

/** `attached`: the account exists, its holder accepts. `created`: form, e-mail, terms. */
export type Flow = 'attached' | 'created';

export interface UnderWay {
  /** The person has acted: tells the workflow so. */
  tell(done: readonly Claimable[]): Promise<void>;
  /** Resolves at the end. Asks the server to tell, so it is not for thousands at a time. */
  end(): Promise<unknown>;
}

export interface Contender {
  readonly name: string;
  startWorker(): Promise<RunningWorker>;
  start(flow: Flow, reference: string, email: string): Promise<UnderWay>;
  /** Resolves once this person has done all that was asked for. */
  acted(flow: Flow, email: string): Promise<readonly Claimable[]>;
}
