/** The workers lose Temporal, while it serves everybody else. */
import { layWire } from '../../harm/wire.ts';
import { play, type Played } from '../incident.ts';
import { start } from '../sign-ups.ts';
import { startStack, type GameDay } from '../stack.ts';

export async function temporalAway(game: GameDay): Promise<readonly Played[]> {
  const wire = await layWire(game.temporal.address);
  const stack = await startStack(game, {
    name: 'temporal-away',
    worker: { TEMPORAL_ADDRESS: wire.address },
  });
  const requests = {
    query: 'sum by (operation, status_code) (rate(temporal_request_failure[5m])) > 0',
  };
  const longPolls = {
    query: 'sum by (operation, status_code) (rate(temporal_long_request_failure[5m])) > 0',
  };
  try {
    await stack.onboard(5);
    return [
      await play(stack, {
        // The worker polls nothing, so it is no longer among those that get onboardings.
        alerts: ['TemporalRequestsFail', 'NoWorker'],
        how: "the worker's connections to Temporal were closed at once; somebody signed up meanwhile",
        async begin() {
          wire.refuse();
          await start(stack.gatewayUrl, 'sign-up-1', 'sign-up-1@example.org');
        },
        // `onboard` has the worker's variables here, so it does not reach Temporal either.
        checks: [{ onboard: ['doctor'] }, requests, longPolls],
        async act() {
          wire.mend();
          await stack.workerReady();
        },
        verify: [
          { onboard: ['doctor'] },
          { onboard: ['status', 'sign-up-1'] },
          requests,
          longPolls,
        ],
        within: { fire: 25, end: 15 },
      }),
    ];
  } finally {
    await stack.stop();
    wire.close();
  }
}
