import type { Moment } from './moments.ts';

/** How a watched onboarding is shown. */
export interface Display {
  show(moment: Moment): void;
  /** Leaves what was shown last, and the terminal as it was. */
  end(): void;
}
