/** The partner's server refuses the notifications. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { play, type Played } from '../incident.ts';
import { startStack, type GameDay, type Stack } from '../stack.ts';

const SECRET = `whsec_${Buffer.from('notifications of the game day 32').toString('base64')}`;
/** One sign-up in so many minutes of the rules. */
const SIGN_UP_EVERY_MINUTES = 1;

export async function receiver(game: GameDay): Promise<readonly Played[]> {
  let isBroken = false;
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(isBroken ? 500 : 204).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stack = await startStack(game, {
    name: 'receiver',
    worker: {
      ONBOARDING_NOTIFY_URL: `http://127.0.0.1:${port}/`,
      ONBOARDING_NOTIFY_SECRETS: SECRET,
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
    },
  });
  const byResult = {
    query: 'sum by (result) (increase(onboarding_notification_attempts_total[30m]))',
  };
  await stack.onboard(3);
  const signingUp = signUpAllTheTime(stack);
  try {
    return [
      await play(stack, {
        alerts: ['NotificationsFail'],
        how: "the partner's server answered HTTP 500",
        begin() {
          isBroken = true;
          return Promise.resolve();
        },
        checks: [
          byResult,
          { onboard: ['notify', 'test'] },
          { onboard: ['notify', 'log', 'customer-00004'] },
        ],
        act() {
          isBroken = false;
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
    server.close();
  }
}

function signUpAllTheTime(stack: Stack): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const everyMs = stack.game.scale.minutes(SIGN_UP_EVERY_MINUTES);
  const signingUp = (async () => {
    for (;;) {
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await stack.onboard(1);
    }
  })();
  // `stop` reports this error.
  signingUp.catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await signingUp;
    },
  };
}
