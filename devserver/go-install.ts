import { findOnPath } from './executable.ts';
import { byEnvironment, findInOrder, notHere, type SearchResult } from './find-in-order.ts';
import { type CachedBinary, inCache, installInCache } from './install-in-cache.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

const TIME_LIMIT_MS = 20 * 60_000;

export interface GoCommand {
  readonly name: string;
  readonly module: string;
  readonly version: string;
}

/**
 * The path of a Go command: from an environment variable, the cache, or a build, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findGoCommand(
  variable: string,
  { name, module, version }: GoCommand,
  report: ReportLine,
): Promise<string> {
  const binary = { folder: `${name}-${version}`, file: name };
  return findInOrder(
    {
      binary: `${name} ${version}`,
      ways: [
        byEnvironment(variable, name),
        { what: 'the cache', attempt: () => inCache(binary) },
        {
          what: 'building it with Go',
          remedy: 'Put Go 1.25 or newer on PATH, and let it reach a Go module proxy.',
          attempt: (progress) => goInstall(binary, `${module}@${version}`, progress),
        },
      ],
    },
    report,
  );
}

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
