/** One run of `starts`, on a server of its own. */
import { startPeople } from '../load/people.ts';
import { BARE_QUEUE, type empty } from '../load/bare-workflow.ts';
import { startTemporal, UNASKED } from '../load/temporal.ts';
import type { RunningWorker } from '../worker.ts';
import { atRate, type Answers } from './at-rate.ts';
import { startGatewayProcess } from './gateway.ts';
import { callGateway } from './http.ts';
import { emailOf } from './senders.ts';
import { startWorkerProcess } from './worker.ts';

const WARM_UP_S = 5;

export interface StartsRun {
  readonly door: Answers;
  readonly bare: Answers;
}

export interface StartsLoad {
  readonly perSecond: number;
  readonly seconds: number;
  /** Whether what was started is worked on at the same time, on the same cores. */
  readonly worker: 'none' | 'at work';
  /** What goes first, so that neither has the advantage in every run. */
  readonly first: 'door' | 'bare';
  readonly progress: (line: string) => void;
}

export async function runStarts(load: StartsLoad): Promise<StartsRun> {
  const { perSecond, seconds, progress } = load;
  const temporal = await startTemporal(progress, UNASKED);
  // Nobody has an account here, so that nobody is mailed: it answers, and no more.
  const people = await startPeople();
  const workers: RunningWorker[] = [];
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
    const warmUp = { perSecond, seconds: WARM_UP_S };
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
