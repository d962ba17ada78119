/** The course of the image drill, in containers of docker-compose.yml or in pods of the chart. */
import { enact, type Scene } from '../enact.ts';
import { customersOf } from '../people/customers.ts';
import { pause, until } from '../pause.ts';
import { answers } from '../processes/answers.ts';
import { SIZES } from '../drills/sizes.ts';
import type { DrillVerdict } from '../verdict/verdict.ts';
import type { Container, Stopped } from './container.ts';

const READY_WITHIN_MS = 300_000;
/** The machine may be busy, and nothing here is about speed. */
const BACKLOG_MS = 10 * 60_000;
const LOOK_EVERY_MS = 250;
const ONBOARDINGS = { short: 10, long: 30 } as const;
const SIGN_UP_MS = 5_000;

/** What runs, and how to make it run. */
export interface Cast {
  /** Such as "containers of docker-compose.yml". */
  readonly what: string;
  readonly scene: Omit<Scene, 'worker' | 'gateway'>;
  /** In the order in which they start. */
  readonly parts: readonly string[];
  readonly start: (part: string) => Promise<Container>;
  /** Runs `onboard doctor` beside them. @throws Error with what it printed if it finds a fault */
  readonly examine: () => Promise<void>;
}

/** Everything that runs, by part. */
type Running = Map<string, Container>;

/** People sign up while worker and gateway are stopped and started again; then everything is stopped. */
export async function runIn({ what, scene, parts, start, examine }: Cast): Promise<DrillVerdict> {
  const { progress, length, seed } = scene.options;
  const running: Running = new Map();
  const broken: string[] = [];
  const seen: string[] = [];
  const startReady = async (part: string): Promise<void> => {
    const container = await start(part);
    running.set(part, container);
    await ready(container);
  };
  for (const part of parts) await startReady(part);
  progress(`${parts.join(', ')} run as ${what}`);
  for (const container of running.values()) {
    const liberties = await container.liberties();
    broken.push(...liberties.map((one) => `${what}: ${container.name} ${one}`));
  }
  for (const path of ['/docs/', '/docs/js/scalar.js']) {
    if (!(await answers(scene.gatewayUrl + path))) broken.push(`${what}: no ${path}`);
  }
  await examine().catch((error: unknown) => broken.push(`${what}: doctor: ${String(error)}`));
  const verdict = await enact(
    { ...scene, worker: never, gateway: never },
    {
      ...SIZES.short,
      backlogMs: BACKLOG_MS,
      customers: customersOf(ONBOARDINGS[length], seed),
      signUpMs: SIGN_UP_MS,
      async harm() {
        broken.push(...faultsOf(what, 'worker', await stopped(running, 'worker')));
        await startReady('worker');
        const stopping = stopped(running, 'gateway');
        const answered = await servedUntil(stopping, scene.gatewayUrl);
        broken.push(...faultsOf(what, 'gateway', await stopping));
        const observed = `the gateway answered ${answered} requests between not being ready and its end`;
        (answered === 0 ? broken : seen).push(`${what}: ${observed}`);
        await startReady('gateway');
        return { description: `${what}: worker and gateway stopped and started` };
      },
    },
  );
  for (const part of parts.toReversed()) {
    broken.push(...faultsOf(what, part, await stopped(running, part)));
  }
  return {
    ...verdict,
    broken: [...verdict.broken, ...broken],
    seen: [...verdict.seen, ...seen],
  };
}

/** Nothing here restarts by itself. */
const never = { ends: () => 0 };

async function ready(container: Container): Promise<void> {
  try {
    await until(`${container.name} is ready`, READY_WITHIN_MS, () => container.isReady());
  } catch (error) {
    throw new Error(`${String(error)}: ${await container.logs()}`, { cause: error });
  }
}

async function stopped(running: Running, part: string): Promise<Stopped> {
  const container = running.get(part);
  if (container === undefined) throw new Error(`${part} does not run`);
  return container.stop();
}

function faultsOf(what: string, part: string, { code, tookMs }: Stopped): readonly string[] {
  if (code === 0) return [];
  return [`${what}: ${part} ended with ${code}, ${tookMs} ms after SIGTERM`];
}

/** How many requests a gateway answers while it ends, and is not ready any more. */
async function servedUntil(ended: Promise<unknown>, url: string): Promise<number> {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  ended.then(end, end);
  let answered = 0;
  while (!isOver) {
    const isReady = await answers(`${url}/ready`);
    if (!isReady && (await answers(`${url}/live`))) answered++;
    await pause(LOOK_EVERY_MS);
  }
  return answered;
}
