/** The time-skipping server. It ends with this process; the SDK would leave it running after an interrupt. */
import { chmod, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTestServer } from '../../devserver/index.ts';
import { sharedTestServer } from '../../test/support/shared-test-server.ts';
import { temporaryFolder } from '../../drill/folder.ts';
import { clearAtExit } from '../../drill/clear-at-exit.ts';
import { dataConverter } from '../keys.ts';

export interface TestServer {
  readonly temporal: TestWorkflowEnvironment;
  readonly stop: () => Promise<void>;
}

let program: Promise<string> | undefined;

export async function startTestServer(progress: (line: string) => void): Promise<TestServer> {
  program ??= findTestServer(progress).then(sharedTestServer);
  const path = await program;
  const { path: folder, remove } = await temporaryFolder('bench-paths');
  const [starter, pidFile] = [join(folder, 'test-server'), join(folder, 'pid')];
  // The process id stays the same across exec, and is known before the server answers.
  await writeFile(starter, `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${path}' "$@"\n`);
  await chmod(starter, 0o755);
  const forget = clearAtExit(() => {
    kill(pidFile);
  });
  const temporal = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: starter } },
    client: { dataConverter },
  });
  return {
    temporal,
    async stop() {
      await temporal.teardown();
      forget();
      await remove();
    },
  };
}

function kill(pidFile: string): void {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
  } catch {
    // The server was not started yet, or has ended.
  }
}
