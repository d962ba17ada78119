/** How many streams of events may be open at once: each is a connection, and asks Temporal again and again. */
import { EventEmitter, once } from 'node:events';
import { Problem } from '../problems/problem.ts';

/** Of one key, in this process. */
const MOST = 100;
const TRY_AGAIN_S = 60;

export interface Streams {
  /**
   * @param name the key's
   * @returns what gives the place back
   * @throws Problem where the key has as many as it may
   */
  open(name: string): () => void;
  /** Resolves once none is open. */
  ended(): Promise<void>;
}

export function createStreams(): Streams {
  const open = new Map<string, number>();
  let all = 0;
  const events = new EventEmitter();
  return {
    open(name) {
      const before = open.get(name) ?? 0;
      if (before >= MOST) throw new Problem('too-many-streams', { retryAfter: TRY_AGAIN_S });
      open.set(name, before + 1);
      all += 1;
      return () => {
        open.set(name, (open.get(name) ?? 1) - 1);
        all -= 1;
        if (all === 0) events.emit('ended');
      };
    },
    async ended() {
      if (all > 0) await once(events, 'ended');
    },
  };
}
