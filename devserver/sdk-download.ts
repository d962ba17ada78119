import { chmod, rename, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { z } from 'zod';
import type { SearchResult } from './find-in-order.ts';
import { installInCache, type CachedBinary } from './install-in-cache.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';
import type { DownloadedServer } from './sdk-download-process.ts';

const testing: unknown = createRequire(import.meta.url)('@temporalio/testing/package.json');

/** The SDK's version decides the version of the server that it downloads. */
export const SDK_VERSION = z.object({ version: z.string() }).parse(testing).version;

const TIME_LIMIT_MS = 3 * 60_000;

/**
 * Downloads a server with the Temporal SDK, in a child process: the SDK also starts the server and a
 * runtime, of which a process can have only one, and a child can be killed when the network hangs.
 */
export async function sdkDownload(
  server: DownloadedServer,
  binary: CachedBinary,
  report: ReportLine,
): Promise<SearchResult> {
  return installInCache(binary, report, async (folder) => {
    report(`Downloading ${binary.file} from temporal.download`);
    const run = await runWithProgress(
      {
        command: process.execPath,
        args: [siblingScript(), server, folder],
        timeLimitMs: TIME_LIMIT_MS,
        doing: `Downloading ${binary.file}`,
      },
      report,
    );
    const downloaded = (await readdir(folder)).find((name) => !name.endsWith('.downloading'));
    if (downloaded === undefined) return run.kind === 'failed' ? run.why : 'it left no file';
    const path = join(folder, binary.file);
    await rename(join(folder, downloaded), path);
    await chmod(path, 0o755);
    return undefined;
  });
}

/** The script is beside this module, as `.ts` here and as `.js` in the built package. */
function siblingScript(): string {
  return fileURLToPath(import.meta.url).replace(/sdk-download(\.[jt]s)$/, 'sdk-download-process$1');
}
