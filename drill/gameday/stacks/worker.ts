/** The only worker stops; then one starts with another encryption key. */
import { OTHER_ENCRYPTION_KEY, SHARED_KEYS } from '../../stage/keys.ts';
import { play, type Played } from '../incident.ts';
import { start } from '../sign-ups.ts';
import { startStack, type GameDay } from '../stack.ts';

const SIGN_UPS = 5;

export async function worker(game: GameDay): Promise<readonly Played[]> {
  const stack = await startStack(game, { name: 'worker' });
  try {
    await stack.onboard(10);
    const stopped = await play(stack, {
      alerts: ['NoWorker'],
      how: 'the only worker stopped, and nothing started it again',
      begin: () => stack.worker.stop(),
      checks: [
        { onboard: ['doctor'] },
        { onboard: ['policy', 'show'] },
        { query: 'onboarding_workers' },
        { query: 'onboarding_oldest_task_seconds' },
      ],
      async act() {
        stack.worker.start();
        await stack.workerReady();
      },
      verify: [{ onboard: ['doctor'] }, { query: 'onboarding_workers' }],
      within: { fire: 10, end: 5 },
    });
    const { ONBOARDING_ENCRYPTION_KEYS: key } = SHARED_KEYS;
    const keyMissing = await play(stack, {
      alerts: ['DecryptionFails', 'KeyMissing', 'WorkflowTasksFail'],
      how: 'the worker was deployed with another encryption key, without the former one',
      async begin() {
        await stack.worker.deploy({ ONBOARDING_ENCRYPTION_KEYS: OTHER_ENCRYPTION_KEY });
        // They begin under the key that the gateway still has. No worker can answer them.
        for (let n = 1; n <= SIGN_UPS; n++) {
          const reference = `sign-up-${n}`;
          await start(stack.gatewayUrl, reference, `${reference}@example.org`);
        }
      },
      checks: [
        { log: stack.worker, with: '"level":"error"' },
        { onboard: ['doctor'] },
        { onboard: ['list', '--stuck'] },
        { onboard: ['key', 'rotate'] },
        { query: 'sum by (why) (increase(onboarding_codec_failures_total[10m]))' },
        { query: 'onboarding_open_missing_key' },
      ],
      async act() {
        const keys = `${OTHER_ENCRYPTION_KEY},${key}`;
        await stack.worker.deploy({ ONBOARDING_ENCRYPTION_KEYS: keys });
        await stack.gateway.deploy({ ONBOARDING_ENCRYPTION_KEYS: keys });
        await stack.workerReady();
      },
      verify: [{ onboard: ['doctor'] }, { onboard: ['list', '--stuck'] }],
      within: { fire: 20, end: 25 },
    });
    return [stopped, keyMissing];
  } finally {
    await stack.stop();
  }
}
