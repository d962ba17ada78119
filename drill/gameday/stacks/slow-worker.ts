/** The only worker gets far too little CPU, while people sign up. */
import { pause } from '../../pause.ts';
import { play, type Played } from '../incident.ts';
import { repeat } from '../sign-ups.ts';
import { startStack, type GameDay } from '../stack.ts';

/** So much of the time the worker stands still, as under a CPU limit that is far too low. */
const FROZEN_MS = 20_000;
const RUNS_MS = 2_000;
const SIGN_UP_EVERY_MS = 4_000;

export async function slowWorker(game: GameDay): Promise<readonly Played[]> {
  const stack = await startStack(game, { name: 'slow-worker' });
  const waited = {
    query:
      'histogram_quantile(0.95, sum by (le) (rate(temporal_workflow_task_schedule_to_start_latency_bucket[5m])))',
  };
  const slots = {
    query: 'min by (worker_type) (temporal_worker_task_slots_available)',
  };
  const signingUp = repeat(SIGN_UP_EVERY_MS, () => stack.onboard(1));
  let isSlow = true;
  let slowedDown = Promise.resolve();
  try {
    return [
      await play(stack, {
        alerts: ['WorkflowQueueSlow'],
        how: `the only worker stood still for ${FROZEN_MS / 1000} of ${(FROZEN_MS + RUNS_MS) / 1000} s, with 15 sign-ups a minute`,
        begin() {
          slowedDown = (async () => {
            while (isSlow) {
              await stack.worker.freeze(FROZEN_MS);
              await pause(RUNS_MS);
            }
          })();
          return Promise.resolve();
        },
        checks: [waited, slots, { query: 'rate(process_cpu_seconds_total[5m])' }],
        async act() {
          isSlow = false;
          await slowedDown;
        },
        verify: [waited],
        within: { fire: 30, end: 15 },
      }),
    ];
  } finally {
    isSlow = false;
    await slowedDown;
    await signingUp.stop();
    await stack.stop();
  }
}
