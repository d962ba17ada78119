import type { Announcement } from './announcement.ts';
import type { Role } from './addresses.ts';
import type { Session } from './session.ts';

/** One part of the probe, which can run by itself. */
export interface Step {
  readonly name: string;
  /**
   * `reads`: changes nothing at AR24. `writes`: makes the announced calls. `people`: somebody has to click in a mail
   * meanwhile. `paid`: costs money, and runs only if it is named.
   */
  readonly kind: 'reads' | 'writes' | 'people' | 'paid';
  /** What it finds out. */
  readonly finds: string;
  readonly needs: readonly Role[];
  readonly announces: readonly Announcement[];
  /** @throws SkipStep where it cannot find anything out */
  readonly run: (session: Session) => Promise<void>;
}
