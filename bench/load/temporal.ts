/** A development server for one part of the benchmark, its state in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { findTemporalCli, startDevServer } from '../../devserver/index.ts';
import { quietRuntime } from '../../test/support/temporal.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { dataConverter } from '../encryption.ts';

export interface TemporalUnderLoad {
  readonly address: string;
  readonly client: Client;
  readonly native: NativeConnection;
  stop(): Promise<void>;
}

/** What a Temporal allows of which nobody asked more: our own development server allows more searches. */
export const UNASKED = { 'frontend.namespaceRPS.visibility': 10 } as const;

/** @param dynamicConfig over the development server's */
export async function startTemporal(
  progress: (line: string) => void,
  dynamicConfig: Readonly<Record<string, number>> = {},
): Promise<TemporalUnderLoad> {
  quietRuntime();
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-bench-'));
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
      await rm(folder, { recursive: true, force: true });
    },
  };
}
