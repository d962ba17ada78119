/** How many streams of events may be open in this process: each is a connection, and polls Temporal. */
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../problems/problem.ts';

/** A stream takes about 0.28 MiB, so that the whole number fits into the memory that docs/deploying.md gives a gateway. */
const MOST_STREAMS = { ofGateway: 1_200, ofKey: 100, ofOnboarding: 10, ofTokens: 1_000 } as const;
const TRY_AGAIN_S = 60;

export interface Follower {
  readonly params: { readonly reference: string };
  readonly apiKey: FastifyRequest['apiKey'];
  readonly streamToken: FastifyRequest['streamToken'];
}

export class StreamCounts {
  readonly #counts = new Map<string, number>();
  readonly #onChange: (open: number) => void;
  #open = 0;

  constructor(onChange: (open: number) => void) {
    this.#onChange = onChange;
  }

  /** @returns ends the stream's count. @throws HttpProblem if there are too many streams */
  enter(follower: Follower): () => void {
    const limits = limitsOf(follower);
    const isFull = Object.entries(limits).some(
      ([name, most]) => (this.#counts.get(name) ?? 0) >= most,
    );
    if (isFull || this.#open >= MOST_STREAMS.ofGateway) {
      throw new HttpProblem('too-many-streams', { retryAfter: TRY_AGAIN_S });
    }
    const names = Object.keys(limits);
    this.#count(names, 1);
    return () => {
      this.#count(names, -1);
    };
  }

  #count(names: readonly string[], by: 1 | -1): void {
    this.#open += by;
    this.#onChange(this.#open);
    for (const name of names) {
      const left = (this.#counts.get(name) ?? 0) + by;
      if (left > 0) this.#counts.set(name, left);
      else this.#counts.delete(name);
    }
  }
}

/** What this stream counts for, and how many streams may count for it. */
function limitsOf({ apiKey, streamToken, params }: Follower): Readonly<Record<string, number>> {
  if (streamToken === null) return { [`key ${apiKey?.name ?? ''}`]: MOST_STREAMS.ofKey };
  return {
    [`onboarding ${params.reference}`]: MOST_STREAMS.ofOnboarding,
    [`tokens of ${streamToken.key}`]: MOST_STREAMS.ofTokens,
  };
}
