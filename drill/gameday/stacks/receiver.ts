/** The partner's server refuses the notifications. */
import { play, type Played } from '../incident.ts';
import { startPartnerServer } from '../partner-server.ts';
import { repeat } from '../sign-ups.ts';
import { startStack, type GameDay } from '../stack.ts';

/** One sign-up in so many minutes of the rules. */
const SIGN_UP_EVERY_MINUTES = 1;

export async function receiver(game: GameDay): Promise<readonly Played[]> {
  const partner = await startPartnerServer();
  const stack = await startStack(game, { name: 'receiver', worker: partner.variables });
  const byResult = {
    query: 'sum by (result) (increase(onboarding_notification_attempts_total[30m]))',
  };
  await stack.onboard(3);
  const signingUp = repeat(game.scale.minutes(SIGN_UP_EVERY_MINUTES), () => stack.onboard(1));
  try {
    return [
      await play(stack, {
        alerts: ['NotificationsFail'],
        how: "the partner's server answered HTTP 500",
        begin() {
          partner.isBroken = true;
          return Promise.resolve();
        },
        checks: [
          byResult,
          { onboard: ['notify', 'test'] },
          { onboard: ['notify', 'log', 'customer-00004'] },
        ],
        act() {
          partner.isBroken = false;
          return Promise.resolve();
        },
        verify: [
          byResult,
          { onboard: ['notify', 'test'] },
          { onboard: ['notify', 'log', 'customer-00004'] },
        ],
        within: { fire: 60, end: 45 },
      }),
    ];
  } finally {
    await signingUp.stop();
    await stack.stop();
    partner.close();
  }
}
