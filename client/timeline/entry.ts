/** One thing that happened, in the order in which it did. */
export interface TimelineEntry {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly what: Happening;
}

export type Happening =
  | { readonly kind: 'started' }
  /** `waitingFor` as the search attribute holds it. */
  | {
      readonly kind: 'status';
      readonly status: string;
      readonly waitingFor: readonly string[];
    }
  /** Null: AR24 can be used again. */
  | { readonly kind: 'problem'; readonly problem: string | null }
  /** A call to AR24 that was to change something came to an end. */
  | {
      readonly kind: 'call';
      /** The activity's name. */
      readonly call: string;
      /** As the activity tells it, such as `taken` or `field-refused`; null where it failed. */
      readonly result: string | null;
    }
  /** Somebody sent a signal or an update. */
  | {
      readonly kind: 'message';
      readonly name: string;
      /** Who says so, where the message tells. */
      readonly by: string | null;
      /** What it is about: the thing accepted, the requirement overridden, the new deadline. */
      readonly about: string | null;
    }
  /** Ended by something else than a decision. */
  | { readonly kind: 'failed'; readonly how: 'failed' | 'terminated' | 'timed-out' };
