/** More people sign up than a far too low limit of calls to AR24 lets through. */
import { play, type Played } from '../incident.ts';
import { startStack, type GameDay } from '../stack.ts';

/** Three calls a minute: in the hours until the alert has fired, they do not reach the last of these people. */
const TOO_LOW = '0.05';
const SIGN_UPS = 400;
const AS_AR24_ALLOWS = '500';

export async function rate(game: GameDay): Promise<readonly Played[]> {
  const stack = await startStack(game, {
    name: 'rate',
    worker: { AR24_MAX_CALLS_PER_SECOND: TOO_LOW },
  });
  const oldest = { query: 'onboarding_oldest_task_seconds' };
  const behind = { query: 'onboarding_polls_behind_seconds' };
  try {
    return [
      await play(stack, {
        alerts: ['WorkersBehind'],
        how: `${SIGN_UPS} people signed up, with AR24_MAX_CALLS_PER_SECOND at ${TOO_LOW}`,
        async begin() {
          await stack.onboard(SIGN_UPS);
        },
        checks: [
          oldest,
          behind,
          { query: 'onboarding_ar24_calls_waiting' },
          { query: 'sum(increase(onboarding_ar24_requests_total[10m]))' },
          { query: 'sum by (status) (onboarding_open) > 0' },
          { onboard: ['doctor'] },
          { onboard: ['list', '--stuck'] },
        ],
        async act() {
          await stack.worker.deploy({ AR24_MAX_CALLS_PER_SECOND: AS_AR24_ALLOWS });
          await stack.workerReady();
        },
        verify: [oldest, behind, { onboard: ['doctor'] }],
        within: { fire: 110, end: 15 },
      }),
    ];
  } finally {
    await stack.stop();
  }
}
