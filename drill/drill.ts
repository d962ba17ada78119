/** The parts of every drill. */
import type { DrillVerdict } from './verdict/verdict.ts';

/** `short` runs in CI; docs/reliability.md has the results of `long`. */
export type Length = 'short' | 'long';

export interface DrillSettings {
  readonly length: Length;
  /** Determines the customers, their delays, and the calls that AR24 spoils. */
  readonly seed: number;
  /** The `onboard` command of the built package. */
  readonly onboard: string;
  /** Rows that the drill `upgrade` adds to the visibility store before it begins. */
  readonly rows: number;
  /** Minutes from the moment to which the drill `restore` goes back to the loss; the default is of the length. */
  readonly backMinutes?: number | undefined;
  /** How many sign up in the drill `restore`; the default is of the length. */
  readonly onboardings?: number | undefined;
  /** Prints a line of progress; not part of the result. */
  readonly progress: (line: string) => void;
}

export interface Drill {
  readonly name: string;
  readonly summary: string;
  /** Takes minutes in each length: `--short` runs it only by its name. */
  readonly isLong?: true;
  /**
   * Downloads or builds what the drill needs, before any drill begins: work on all cores would slow down
   * other drills.
   *
   * @throws CannotRunError
   */
  readonly prepare?: (settings: Pick<DrillSettings, 'progress'>) => Promise<void>;
  /** @throws CannotRunError */
  run(settings: DrillSettings): Promise<DrillVerdict>;
}

/** This machine lacks something that the drill needs. The message says what it is, and what to do. */
export class CannotRunError extends Error {
  override readonly name = 'CannotRunError';
}
