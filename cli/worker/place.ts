/** Where the worker finds Temporal, by TEMPORAL_* and Temporal's configuration file. */
import type { NativeConnectionOptions } from '@temporalio/worker';
import type { EnvironmentFault } from '../environment/environment-error.ts';
import { temporalConfig } from '../environment/temporal-config.ts';

export interface TemporalServer {
  readonly connection: NativeConnectionOptions & { readonly address: string };
  readonly namespace: string;
}

/** Undefined where neither names an address. Faults are added to `faults`, without their values. */
export function temporalServer(faults: EnvironmentFault[]): TemporalServer | undefined {
  try {
    const { connectionOptions, namespace = 'default' } = temporalConfig();
    const { address } = connectionOptions;
    if (address === undefined || address === '') return undefined;
    if (!/^[^\s/@]+$/.test(address)) {
      faults.push({ name: 'TEMPORAL_ADDRESS', message: 'is no address: HOST:PORT is expected' });
      return undefined;
    }
    return { connection: { ...connectionOptions, address }, namespace };
  } catch (error) {
    faults.push({ name: 'TEMPORAL_*', message: `make no sense: ${whyUnreadable(error)}` });
    return undefined;
  }
}

/** The same where one has to be named. */
export function namedTemporalServer(faults: EnvironmentFault[]): TemporalServer | undefined {
  const before = faults.length;
  const server = temporalServer(faults);
  if (server === undefined && faults.length === before) {
    const message = 'is not set: Temporal’s frontend, HOST:PORT';
    faults.push({ name: 'TEMPORAL_ADDRESS', message });
  }
  return server;
}

/** The line after the first of a parser's message shows what it choked on, an API key for one. */
function whyUnreadable(error: unknown): string {
  const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
  return line;
}
