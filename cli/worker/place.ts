/** The Temporal that TEMPORAL_* and Temporal's configuration file name. */
import type { NativeConnectionOptions } from '@temporalio/worker';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import { temporalConfig } from '../environment/temporal-config.ts';

export interface TemporalServer {
  readonly connection: NativeConnectionOptions & { readonly address: string };
  readonly namespace: string;
}

/** Undefined where neither names an address. Faults are added to `faults`, without values. */
export function temporalServer(
  faults: EnvironmentFault[],
  environment: Environment = process.env,
): TemporalServer | undefined {
  try {
    const { connectionOptions, namespace = 'default' } = temporalConfig({ ...environment });
    const { address } = connectionOptions;
    if (address === undefined || address === '') return undefined;
    return { connection: { ...connectionOptions, address }, namespace };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

/** The same where an address is required. */
export function namedTemporalServer(faults: EnvironmentFault[]): TemporalServer | undefined {
  const before = faults.length;
  const server = temporalServer(faults);
  if (server === undefined && faults.length === before) {
    const message = 'is not set: Temporal’s frontend, HOST:PORT';
    faults.push({ name: 'TEMPORAL_ADDRESS', message });
  }
  return server;
}
