/** AR24 gives the partner another token, and later cannot be reached. */
import { onboard, play, type Played } from '../incident.ts';
import { startStack, type GameDay } from '../stack.ts';

const NEW_TOKEN = 'another-demo-token';

export async function ar24(game: GameDay): Promise<readonly Played[]> {
  const stack = await startStack(game, { name: 'ar24' });
  const { simulatorProcess, worker } = stack;
  const byResult = {
    query:
      'sum by (method, route, result, slug) (increase(onboarding_ar24_requests_total[10m])) > 0',
  };
  try {
    await stack.onboard(15);
    const refused = await play(stack, {
      alerts: ['Ar24CredentialsRefused'],
      how: 'AR24 revoked the token and accepts another one',
      begin: () => simulatorProcess.deploy({ SIMULATOR_TOKEN: NEW_TOKEN }),
      checks: [{ onboard: ['doctor'] }, { onboard: ['list', '--problem', 'credentials'] }],
      async act() {
        // The worker starts again and again until the command has taken the new token over.
        await worker.deploy({ AR24_TOKEN: NEW_TOKEN });
        await onboard(stack, ['key', 'ar24']);
        await stack.workerReady();
        await onboard(stack, ['check', '--problem', 'credentials']);
      },
      verify: [
        { query: 'onboarding_ar24_circuit_open' },
        { onboard: ['list', '--problem', 'credentials'] },
      ],
      within: { fire: 10, end: 10 },
    });
    const unreachable = await play(stack, {
      alerts: ['Ar24Errors'],
      how: 'AR24 refused all connections',
      begin: () => simulatorProcess.stop(),
      checks: [
        byResult,
        { onboard: ['doctor'] },
        { onboard: ['list', '--problem', 'unreachable'] },
        { onboard: ['status', 'customer-00001'] },
      ],
      async act() {
        simulatorProcess.start();
        await onboard(stack, ['check', '--problem', 'unreachable']);
      },
      verify: [byResult, { onboard: ['list', '--problem', 'unreachable'] }],
      within: { fire: 25, end: 20 },
    });
    return [refused, unreachable];
  } finally {
    await stack.stop();
  }
}
