import { findOnPath } from './executable.ts';
import { notHere, type SearchResult } from './find-in-order.ts';
import { type CachedBinary, installInCache } from './install-in-cache.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

const TIME_LIMIT_MS = 20 * 60_000;

/** Builds a Go command from source into the cache. This takes some minutes, once on each machine. */
export async function goInstall(
  binary: CachedBinary,
  module: string,
  report: ReportLine,
): Promise<SearchResult> {
  const go = await findOnPath('go');
  if (go === undefined) return notHere('no go on PATH');

  return installInCache(binary, report, async (folder) => {
    report(`Building ${module} with Go; this takes some minutes, once on this machine`);
    const run = await runWithProgress(
      {
        command: go,
        args: ['install', '-ldflags=-s -w', module],
        env: { GOBIN: folder, CGO_ENABLED: '0' },
        timeLimitMs: TIME_LIMIT_MS,
        doing: `Building ${module}`,
      },
      report,
    );
    return run.kind === 'failed' ? run.why : undefined;
  });
}
