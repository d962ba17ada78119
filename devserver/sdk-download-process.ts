/**
 * `node sdk-download-process.ts dev-server|time-skipping FOLDER`: downloads a server into FOLDER with the
 * SDK. The SDK cannot download without starting the server, so the server runs for a moment. See
 * sdk-download.ts for the reason of a separate process.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

export type DownloadedServer = 'dev-server' | 'time-skipping';

async function download(server: DownloadedServer, downloadDir: string): Promise<void> {
  const executable = { type: 'cached-download', downloadDir } as const;
  const environment =
    server === 'dev-server'
      ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
      : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  await environment.teardown();
}

const [server, folder] = process.argv.slice(2);
if ((server !== 'dev-server' && server !== 'time-skipping') || folder === undefined) {
  throw new TypeError('Usage: sdk-download-process dev-server|time-skipping FOLDER');
}
try {
  await download(server, folder);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
