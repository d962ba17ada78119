/** What every drill is made of. */
import type { Verdict } from './verdict/verdict.ts';

/** `short` runs in CI; `long` is what docs/reliability.md tells of. */
export type Length = 'short' | 'long';

export interface DrillSettings {
  readonly length: Length;
  /** Decides who signs up, how, how long people take, and which calls AR24 spoils. */
  readonly seed: number;
  /** The `onboard` command of the built package. */
  readonly onboard: string;
  /** Tells a person what is going on; not part of the result. */
  readonly progress: (line: string) => void;
}

export interface Drill {
  readonly name: string;
  readonly summary: string;
  /** @throws CannotRunError */
  run(settings: DrillSettings): Promise<Verdict>;
}

/** This machine lacks what the drill takes. The message says what, and what to do. */
export class CannotRunError extends Error {
  override readonly name = 'CannotRunError';
}
