/** A worker is deployed with a version, and nobody makes it current. */
import { onboard, play, type Played } from '../incident.ts';
import { start } from '../sign-ups.ts';
import { startStack, type GameDay, type Stack } from '../stack.ts';

const SIGN_UPS = 3;
const VERSION = { TEMPORAL_DEPLOYMENT_NAME: 'sender-onboarding', TEMPORAL_WORKER_BUILD_ID: 'new' };

export async function versions(game: GameDay): Promise<readonly Played[]> {
  const stack = await startStack(game, { name: 'versions' });
  const counted = { query: 'onboarding_workers' };
  const waiting = { query: 'onboarding_oldest_task_seconds' };
  try {
    await stack.onboard(5);
    return [
      await play(stack, {
        alerts: ['NoWorker'],
        how: 'the only worker was deployed with a version that nobody made current',
        async begin() {
          await stack.worker.deploy(VERSION);
          for (let n = 1; n <= SIGN_UPS; n++) {
            const reference = `sign-up-${n}`;
            await start(stack.gatewayUrl, reference, `${reference}@example.org`);
          }
        },
        checks: [
          counted,
          { query: 'up{job="onboarding-worker"}' },
          waiting,
          { log: stack.worker, with: '"level":"warn"' },
          { onboard: ['doctor'] },
          { onboard: ['status', 'sign-up-1'] },
        ],
        act: () => makeCurrent(stack),
        verify: [counted, waiting, { onboard: ['doctor'] }, { onboard: ['status', 'sign-up-1'] }],
        within: { fire: 15, end: 5 },
      }),
    ];
  } finally {
    await stack.stop();
  }
}

/** The command that `doctor` prints, as the page says. */
async function makeCurrent(stack: Stack): Promise<void> {
  const printed = await onboard(stack, ['doctor']);
  const [, args] = /temporal (worker deployment set-current-version .*)/.exec(printed) ?? [];
  if (args === undefined) throw new Error('doctor printed no command that makes a version current');
  await stack.temporalTool([...args.trim().split(' '), '--yes']);
}
