/**
 * An open loop: each call is sent at its scheduled time, whether or not earlier calls were answered, and its
 * latency counts from that time. A slow server cannot hide its latency by getting fewer calls.
 */
import { performance } from 'node:perf_hooks';
import { pulse } from '../pulse.ts';

export interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
}

export interface Answers {
  /** Milliseconds from the scheduled time of each call to its answer, right or wrong. */
  readonly latenciesMs: readonly number[];
  /** The number of unexpected answers, by kind. */
  readonly wrong: Readonly<Record<string, number>>;
}

/** Resolves to `ok` for the expected answer, else to the kind of failure. */
export type MakeCall = (n: number) => Promise<string>;

export async function atRate({ perSecond, seconds }: Rate, call: MakeCall): Promise<Answers> {
  const total = Math.round(perSecond * seconds);
  const answers = collect(call);
  const begin = performance.now();
  const momentOf = (n: number): number => begin + (n * 1_000) / perSecond;
  const inFlight: Promise<void>[] = [];
  for (let n = 0; n < total;) {
    for (; n < total && momentOf(n) <= performance.now(); n++) {
      inFlight.push(answers.time(n, momentOf(n)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(inFlight);
  return answers;
}

/** A closed loop: each caller sends its next call after the answer to the last. */
export async function byCallers(
  callers: number,
  seconds: number,
  call: MakeCall,
): Promise<Answers> {
  const answers = collect(call);
  const end = performance.now() + seconds * 1_000;
  let n = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) await answers.time(n++, performance.now());
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return answers;
}

function collect(call: MakeCall) {
  const latenciesMs: number[] = [];
  const wrong: Record<string, number> = {};
  const time = async (n: number, since: number): Promise<void> => {
    const answer = await call(n).catch((error: unknown) =>
      error instanceof Error ? error.name : 'failed',
    );
    latenciesMs.push(performance.now() - since);
    if (answer === 'ok') pulse();
    else wrong[answer] = (wrong[answer] ?? 0) + 1;
  };
  return { latenciesMs, wrong, time };
}
