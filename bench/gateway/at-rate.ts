/**
 * An open loop: calls leave at their moments, whether or not earlier ones were answered, and the clock of
 * each runs from that moment. Whoever is slow cannot hide it by being called less.
 */
import { performance } from 'node:perf_hooks';

export interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
}

export interface Answers {
  /** In milliseconds from the moment of each call to its answer, right or wrong. */
  readonly latenciesMs: readonly number[];
  /** Answers that were not the expected one, and how many of each. */
  readonly wrong: Readonly<Record<string, number>>;
}

/** A call that is answered as expected resolves to `ok`, any other to what went wrong. */
export type Call = (n: number) => Promise<string>;

export async function atRate({ perSecond, seconds }: Rate, call: Call): Promise<Answers> {
  const total = Math.round(perSecond * seconds);
  const answers = collect(call);
  const begin = performance.now();
  const momentOf = (n: number): number => begin + (n * 1_000) / perSecond;
  const underWay: Promise<void>[] = [];
  for (let n = 0; n < total;) {
    for (; n < total && momentOf(n) <= performance.now(); n++) {
      underWay.push(answers.time(n, momentOf(n)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  return answers;
}

/** A closed loop: so many callers, each calls again once it is answered. */
export async function byCallers(callers: number, seconds: number, call: Call): Promise<Answers> {
  const answers = collect(call);
  const end = performance.now() + seconds * 1_000;
  let n = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) await answers.time(n++, performance.now());
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return answers;
}

function collect(call: Call) {
  const latenciesMs: number[] = [];
  const wrong: Record<string, number> = {};
  const time = async (n: number, since: number): Promise<void> => {
    const answer = await call(n).catch((error: unknown) =>
      error instanceof Error ? error.name : 'failed',
    );
    latenciesMs.push(performance.now() - since);
    if (answer !== 'ok') wrong[answer] = (wrong[answer] ?? 0) + 1;
  };
  return { latenciesMs, wrong, time };
}
