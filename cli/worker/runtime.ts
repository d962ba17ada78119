import type { Logger } from 'pino';
import { installRuntime } from '../../worker/index.ts';
import { CommandError } from '../failure.ts';

/** @throws CommandError where the address for metrics cannot be had */
export function startRuntime(logger: Logger, metricsAddress: string | undefined): void {
  try {
    installRuntime({ logger, metricsAddress });
  } catch (error) {
    if (metricsAddress === undefined || !(error instanceof Error)) throw error;
    throw new CommandError(
      `${metricsAddress}, meant for metrics, cannot be had (${error.message}). ` +
        'Choose another address with ONBOARDING_METRICS_ADDRESS.',
    );
  }
}
