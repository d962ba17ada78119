/** Runs onboardings, a limited number at a time, and measures the time. */
import { performance } from 'node:perf_hooks';
import { pulse } from '../pulse.ts';
import type { Contender, Flow } from './contender.ts';
import type { BenchPeople } from './people.ts';

export interface Load {
  readonly flow: Flow;
  readonly onboardings: number;
  readonly concurrency: number;
}

export interface Timing {
  readonly perSecond: number;
  /** CPU time of this process, with worker and client, per onboarding, in ms. */
  readonly cpuMs: number;
  /** Milliseconds from the signals to the end of each workflow. */
  readonly resumeMs: readonly number[];
}

let batches = 0;

/** Starts the contender's worker, runs one batch, and stops the worker. */
export async function drive(
  contender: Contender,
  people: BenchPeople,
  load: Load,
): Promise<Timing> {
  const batch = ++batches;
  const { flow, onboardings, concurrency } = load;
  const references = Array.from({ length: onboardings }, (_, n) => `b${batch}-${n}`);
  await people.reset();
  if (flow === 'attached') await people.openAccounts(references.map(emailOf));
  const worker = await contender.startWorker();
  try {
    const resumeMs: number[] = [];
    const waiting = references.values();
    const cpuBefore = process.cpuUsage();
    const begin = performance.now();
    const lane = async (): Promise<void> => {
      for (const reference of waiting) resumeMs.push(await onboard(contender, flow, reference));
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
    const seconds = (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      perSecond: onboardings / seconds,
      cpuMs: (user + system) / 1000 / onboardings,
      resumeMs,
    };
  } finally {
    await worker.stop();
  }
}

async function onboard(contender: Contender, flow: Flow, reference: string): Promise<number> {
  const email = emailOf(reference);
  const acted = contender.acted(flow, email);
  const inFlight = await contender.start(flow, reference, email);
  const done = await acted;
  const end = inFlight.end();
  const begin = performance.now();
  await inFlight.accept(done);
  await end;
  pulse();
  return performance.now() - begin;
}

function emailOf(reference: string): string {
  return `${reference}@example.org`;
}
