/** AR24 announces maintenance, and it lasts. */
import { makeClock } from '../../harm/clock.ts';
import { onboard, play, type Played } from '../incident.ts';
import { startStack, type GameDay } from '../stack.ts';

export async function maintenance(game: GameDay): Promise<readonly Played[]> {
  const clock = await makeClock(game.scale.exporterAheadMs);
  const stack = await startStack(game, { name: 'maintenance', exporterNode: clock.nodeOptions });
  try {
    await stack.onboard(12);
    const isAway = { query: 'onboarding_ar24_circuit_open' };
    return [
      await play(stack, {
        alerts: ['Stuck', 'ManyStuck', 'Ar24Away'],
        how: 'AR24 answered every call with maintenance',
        begin: () => stack.simulator.setFaults({ maintenance: {} }),
        checks: [
          { onboard: ['doctor'] },
          { onboard: ['list', '--problem', 'maintenance'] },
          { onboard: ['status', 'customer-00001'] },
          { query: 'onboarding_open_with_problem > 0' },
          isAway,
        ],
        async act() {
          await stack.simulator.setFaults({ maintenance: null });
          await onboard(stack, ['check', '--problem', 'maintenance']);
        },
        verify: [isAway, { onboard: ['list', '--problem', 'maintenance'] }],
        within: { fire: 95, end: 15 },
      }),
    ];
  } finally {
    await stack.stop();
    await clock.remove();
  }
}
