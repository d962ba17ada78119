import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { byEnvironment, findInOrder, notHere, type SearchResult, found } from './find-in-order.ts';
import { goInstall } from './go-install.ts';
import { inCache, type CachedBinary } from './install-in-cache.ts';
import type { ReportLine } from './run-with-progress.ts';
import { sdkDownload, SDK_VERSION } from './sdk-download.ts';
import { findOnPath } from './executable.ts';
import { plainEnvironment } from './child-environment.ts';

/** `go install` cannot build later tags: their go.mod has a replace directive. */
const GO_VERSION = 'v1.5.1';

const DOWNLOADED: CachedBinary = { folder: `temporal-cli-sdk-${SDK_VERSION}`, file: 'temporal' };
const BUILT: CachedBinary = { folder: `temporal-cli-${GO_VERSION}`, file: 'temporal' };

/**
 * The path of Temporal's command line, which contains the development server: from
 * TEMPORAL_CLI_PATH, PATH, the cache, the SDK's download, or built from source, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findTemporalCli(report: ReportLine): Promise<string> {
  return findInOrder(
    {
      binary: "Temporal's command line",
      ways: [
        byEnvironment('TEMPORAL_CLI_PATH', "Temporal's command line"),
        {
          what: '`temporal` on PATH',
          remedy:
            "Install Temporal's command line (docs.temporal.io/cli), so that PATH has `temporal`.",
          attempt: recentTemporalOnPath,
        },
        { what: 'the cache', attempt: () => inCache(DOWNLOADED) },
        { what: 'the cache', attempt: () => inCache(BUILT) },
        {
          what: "the SDK's download",
          remedy: 'Let this machine reach https://temporal.download and github.com.',
          attempt: (progress) => sdkDownload('dev-server', DOWNLOADED, progress),
        },
        {
          what: 'building it with Go',
          remedy: 'Put Go 1.25 or newer on PATH, and let it reach a Go module proxy.',
          attempt: (progress) =>
            goInstall(BUILT, `github.com/temporalio/cli/cmd/temporal@${GO_VERSION}`, progress),
        },
      ],
      instead: ['Set TEMPORAL_ADDRESS to a Temporal server that runs already.'],
    },
    report,
  );
}

const run = promisify(execFile);

/** Server 1.29 introduced priorities, which let sign-ups go before imports. */
const OLDEST = { major: 1, minor: 29 };

/** The `temporal` on PATH, unless its development server is too old for us. */
async function recentTemporalOnPath(report: ReportLine): Promise<SearchResult> {
  const path = await findOnPath('temporal');
  if (path === undefined) return notHere('not found');
  const version = await serverVersion(path);
  if (version === undefined) return notHere(`${path} does not print the version of its server`);
  const { major, minor } = version;
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return found(path);
  const why = `${path} brings server ${major}.${minor}, older than ${OLDEST.major}.${OLDEST.minor}`;
  report(`Not used: ${why}`);
  return notHere(why);
}

/** From a line like `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`. */
async function serverVersion(path: string): Promise<typeof OLDEST | undefined> {
  const { stdout } = await run(path, ['--version'], {
    env: plainEnvironment(),
    timeout: 10_000,
  }).catch(() => ({
    stdout: '',
  }));
  const match = /Server (\d+)\.(\d+)/.exec(stdout);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}
