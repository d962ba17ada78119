/** A development server for one part of the benchmark, with its state in memory. */
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { findTemporalCli, startDevServer } from '../../devserver/index.ts';
import { temporaryFolder } from '../../drill/folder.ts';
import { quietRuntime } from '../../test/support/temporal.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { dataConverter } from '../keys.ts';

export interface TemporalUnderLoad {
  readonly address: string;
  readonly client: Client;
  readonly native: NativeConnection;
  stop(): Promise<void>;
}

/** Temporal's default limit of searches; our development server otherwise allows more. */
export const SEARCH_LIMIT_BY_DEFAULT = { 'frontend.namespaceRPS.visibility': 10 } as const;

/** @param dynamicConfig overrides the development server's */
export async function startTemporal(
  progress: (line: string) => void,
  dynamicConfig: Readonly<Record<string, number>> = {},
): Promise<TemporalUnderLoad> {
  quietRuntime();
  const { path: folder, remove } = await temporaryFolder('bench-temporal');
  const server = await startDevServer({
    cliPath: await findTemporalCli(progress),
    port: 0,
    uiPort: 'no-ui',
    dynamicConfig,
    searchAttributes: Object.values(ATTRIBUTES),
    logFile: join(folder, 'temporal.log'),
  });
  const { address } = server;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  return {
    address,
    client: new Client({ connection, dataConverter }),
    native,
    async stop() {
      await native.close();
      await connection.close();
      await server.stop();
      await remove();
    },
  };
}
