/** One run of `webhooks`, on its own server. */
import { performance } from 'node:perf_hooks';
import { startSimulator } from '../../simulator/index.ts';
import { ATTRIBUTES, checkSignal, workflowIdOf } from '../../workflows/contract/index.ts';
import {
  startTemporal,
  SEARCH_LIMIT_BY_DEFAULT,
  type TemporalUnderLoad,
} from '../load/temporal.ts';
import { pulse } from '../pulse.ts';
import { atRate, type Answers } from './at-rate.ts';
import { startGatewayProcess, callGateway } from './gateway.ts';
import { forEach, pause, referencesOf, waitForTerms, type WaitingSender } from './senders.ts';
import { startWorkerProcess } from './worker.ts';

/** Senders that accept but get no hint, at most. They show that the hints resume the others. */
const MOST_UNHEARD = 20;
/** A sender that is not ready within this time counts as lost. */
const READY_WITHIN_MS = 180_000;

export interface WebhooksRun {
  readonly door: Answers;
  readonly strangers: Answers;
  readonly bare: Answers;
  /** The number of senders that got a hint. */
  readonly hinted: number;
  readonly ready: number;
  /** Seconds since the worker began to poll. */
  readonly readyAfterS: number;
  /** The number of senders that got no hint. */
  readonly unheard: number;
  readonly unheardReady: number;
}

export interface WebhooksLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** The number of senders hinted through the gateway, and again by Temporal's client. */
  readonly waiting: number;
  /** Which measurement is first, so that neither has the advantage in every run. */
  readonly first: 'door' | 'bare';
  readonly progress: (line: string) => void;
}

export async function runWebhooks(load: WebhooksLoad): Promise<WebhooksRun> {
  const { perSecond, seconds, warmUpSeconds, waiting: each, first, progress } = load;
  const temporal = await startTemporal(progress, SEARCH_LIMIT_BY_DEFAULT);
  const simulator = await startSimulator({ port: 0, switches: { termsMailOnCreation: false } });
  try {
    const { apiUrl, token, privateKey } = simulator;
    const script = {
      what: 'onboarding',
      address: temporal.address,
      simulator: { apiUrl, token, privateKey },
    } as const;
    const parking = await startWorkerProcess(script);
    const groups = [referencesOf('door', each), referencesOf('bare', each)] as const;
    const unheard = referencesOf('unheard', Math.min(MOST_UNHEARD, each));
    const waiting = await waitForTerms(temporal, simulator, [...groups.flat(), ...unheard]);
    await parking.stop();
    for (const { id } of simulator.mailbox().toReversed()) await simulator.follow(id);
    progress(`${waiting.length} senders have accepted and wait; no worker runs`);

    const [byDoor, byClient] = [waiting.slice(0, each), waiting.slice(each, 2 * each)];
    const gateway = await startGatewayProcess(temporal.address);
    const hint = (id: string) =>
      callGateway(
        gateway.webhookUrl,
        { method: 'POST', body: new URLSearchParams({ id_user: id, new_state: 'cgu_accepted' }) },
        200,
      );
    // The gateway does not cache unknown senders, so it searches for each.
    const stranger = (n: number) => hint(String(90_000_000 + n));
    await atRate({ perSecond: perSecond / 4, seconds: warmUpSeconds }, stranger);
    const rate = { perSecond, seconds };
    const door = () => atRate(rate, (n) => hint(oneOf(byDoor, n).accountId));
    const bare = () => atRate(rate, (n) => signal(temporal, oneOf(byClient, n).reference));
    const early = first === 'bare' ? await bare() : undefined;
    const throughDoor = await door();
    const straight = early ?? (await bare());
    const strangers = await atRate({ perSecond, seconds: seconds / 4 }, stranger);
    await gateway.stop();

    const worker = await startWorkerProcess(script);
    const resumed = await untilReady(temporal, [...byDoor, ...byClient]);
    const unheardReady = await readyOf(temporal, waiting.slice(2 * each));
    await worker.stop();
    return {
      door: throughDoor,
      strangers,
      bare: straight,
      hinted: 2 * each,
      ...resumed,
      unheard: unheard.length,
      unheardReady,
    };
  } finally {
    await simulator.stop();
    await temporal.stop();
  }
}

function oneOf(senders: readonly WaitingSender[], n: number): WaitingSender {
  const one = senders[n % senders.length];
  if (one === undefined) throw new RangeError('no sender waits');
  return one;
}

async function signal({ client }: TemporalUnderLoad, reference: string): Promise<string> {
  await client.workflow.getHandle(workflowIdOf(reference)).signal(checkSignal, { by: 'bench' });
  return 'ok';
}

async function untilReady(
  temporal: TemporalUnderLoad,
  hinted: readonly WaitingSender[],
): Promise<Pick<WebhooksRun, 'ready' | 'readyAfterS'>> {
  const all = 'OnboardingStatus = "ready" AND ExecutionStatus = "Completed"';
  const begin = performance.now();
  let before = 0;
  for (;;) {
    const { count } = await temporal.client.workflow.count(all);
    const passedMs = performance.now() - begin;
    if (count > before) pulse();
    before = count;
    if (count >= hinted.length || passedMs > READY_WITHIN_MS) {
      return { ready: await readyOf(temporal, hinted), readyAfterS: passedMs / 1_000 };
    }
    await pause();
  }
}

/** The number of senders whose onboarding ended as ready. */
async function readyOf(
  { client }: TemporalUnderLoad,
  senders: readonly WaitingSender[],
): Promise<number> {
  let ready = 0;
  await forEach(senders, async ({ reference }) => {
    const { status, typedSearchAttributes } = await client.workflow
      .getHandle(workflowIdOf(reference))
      .describe();
    const isReady = typedSearchAttributes.get(ATTRIBUTES.status) === 'ready';
    if (status.name === 'COMPLETED' && isReady) ready++;
  });
  return ready;
}
