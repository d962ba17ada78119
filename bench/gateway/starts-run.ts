/** One run of `starts`, on its own server. */
import { startPeople } from '../load/people.ts';
import { BARE_QUEUE, type empty } from '../load/bare-workflow.ts';
import { startTemporal, SEARCH_LIMIT_BY_DEFAULT } from '../load/temporal.ts';
import type { BenchWorker } from '../worker.ts';
import { atRate, type Answers } from './at-rate.ts';
import { startGatewayProcess, callGateway } from './gateway.ts';
import { emailOf } from './senders.ts';
import { startWorkerProcess } from './worker.ts';

export interface StartsRun {
  readonly door: Answers;
  readonly bare: Answers;
}

export interface StartsLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Whether a worker runs the started workflows at the same time, on the same cores. */
  readonly worker: 'none' | 'at work';
  /** Which measurement is first, so that neither has the advantage in every run. */
  readonly first: 'door' | 'bare';
  readonly progress: (line: string) => void;
}

export async function runStarts(load: StartsLoad): Promise<StartsRun> {
  const { perSecond, seconds, warmUpSeconds, progress } = load;
  const temporal = await startTemporal(progress, SEARCH_LIMIT_BY_DEFAULT);
  // The simulator has no accounts, so it sends no mails.
  const people = await startPeople();
  const workers: BenchWorker[] = [];
  try {
    if (load.worker === 'at work') {
      const script = { address: temporal.address, simulator: people.simulator };
      workers.push(await startWorkerProcess({ ...script, what: 'onboarding' }));
      workers.push(await startWorkerProcess({ ...script, what: 'bare' }));
    }
    const gateway = await startGatewayProcess(temporal.address);
    const put = (reference: string) =>
      callGateway(
        `${gateway.url}/onboardings/${reference}`,
        {
          method: 'PUT',
          headers: {
            authorization: `Bearer ${gateway.apiKey}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ email: emailOf(reference), language: 'fr' }),
        },
        202,
      );
    const start = async (name: string): Promise<string> => {
      await temporal.client.workflow.start<typeof empty>('empty', {
        workflowId: `empty/${name}`,
        taskQueue: BARE_QUEUE,
      });
      return 'ok';
    };
    const warmUp = { perSecond, seconds: warmUpSeconds };
    await atRate(warmUp, (n) => put(`warm-up-${n}`));
    await atRate(warmUp, (n) => start(`warm-up-${n}`));
    const rate = { perSecond, seconds };
    const door = () => atRate(rate, (n) => put(`customer-${n}`));
    const bare = () => atRate(rate, (n) => start(`customer-${n}`));
    const early = load.first === 'bare' ? await bare() : undefined;
    const throughDoor = await door();
    const straight = early ?? (await bare());
    await gateway.stop();
    return { door: throughDoor, bare: straight };
  } finally {
    for (const worker of workers) await worker.stop();
    await people.stop();
    await temporal.stop();
  }
}
