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

/** What this stream counts for, and how many streams may count for it. */
export function limitsOf({
  apiKey,
  streamToken,
  params,
}: Follower): Readonly<Record<string, number>> {
  const all = { gateway: MOST_STREAMS.ofGateway };
  if (streamToken === null) return { ...all, [`key ${apiKey?.name ?? ''}`]: MOST_STREAMS.ofKey };
  return {
    ...all,
    [`onboarding ${params.reference}`]: MOST_STREAMS.ofOnboarding,
    [`tokens of ${streamToken.key}`]: MOST_STREAMS.ofTokens,
  };
}

export class StreamCounts {
  readonly #counts = new Map<string, number>();
  readonly #onChange: (open: number) => void;
  #open = 0;

  constructor(onChange: (open: number) => void) {
    this.#onChange = onChange;
  }

  /** @returns ends the stream's count. @throws HttpProblem if there are too many streams */
  enter(limits: Readonly<Record<string, number>>): () => void {
    for (const [name, most] of Object.entries(limits)) {
      if ((this.#counts.get(name) ?? 0) < most) continue;
      throw new HttpProblem('too-many-streams', { retryAfter: TRY_AGAIN_S });
    }
    this.#count(limits, 1);
    return () => {
      this.#count(limits, -1);
    };
  }

  #count(limits: Readonly<Record<string, number>>, by: 1 | -1): void {
    this.#open += by;
    this.#onChange(this.#open);
    for (const name of Object.keys(limits)) {
      const left = (this.#counts.get(name) ?? 0) + by;
      if (left > 0) this.#counts.set(name, left);
      else this.#counts.delete(name);
    }
  }
}
