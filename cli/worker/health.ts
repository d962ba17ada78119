import { serveHealth, type HealthServer, type OnboardingWorker } from '../../worker/index.ts';
import { CommandError } from '../failure.ts';

/** An orchestrator asks from outside: on every address. It learns nothing but yes or no. */
const HOST = '0.0.0.0';

/** @throws CommandError where the port cannot be had */
export async function listenForHealth(
  worker: Pick<OnboardingWorker, 'isReady'>,
  port: number,
): Promise<HealthServer> {
  try {
    return await serveHealth(worker, { port, host: HOST });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandError(
      `port ${port}, meant for health checks, cannot be had (${error.message}). ` +
        'Stop the program that has it, or choose another port with ONBOARDING_HEALTH_PORT.',
    );
  }
}
