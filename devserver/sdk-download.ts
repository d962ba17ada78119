import { chmod, rename, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Attempt } from './find-in-order.ts';
import { installInCache, type CachedBinary } from './install-in-cache.ts';
import type { Report } from './report.ts';
import { runWithProgress } from './run-with-progress.ts';
import type { DownloadedServer } from './sdk-download-process.ts';

const TIME_LIMIT_MS = 3 * 60_000;

/**
 * The Temporal SDK's own download. It can only download and start at once, and starts a runtime
 * that a process can have one of; so it runs in a process of its own, which can also be ended when
 * the network neither answers nor refuses.
 */
export async function sdkDownload(
  server: DownloadedServer,
  binary: CachedBinary,
  report: Report,
): Promise<Attempt> {
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

/** Beside this module, in TypeScript as in the built package. */
function siblingScript(): string {
  return fileURLToPath(import.meta.url).replace(/sdk-download(\.[jt]s)$/, 'sdk-download-process$1');
}
