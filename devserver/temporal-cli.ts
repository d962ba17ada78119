import { findInOrder } from './find-in-order.ts';
import { goBuild } from './go-build.ts';
import { inCache, type CachedBinary } from './install-in-cache.ts';
import { namedByEnvironment } from './named-by-environment.ts';
import { recentTemporalOnPath } from './recent-temporal-on-path.ts';
import type { Report } from './report.ts';
import { sdkDownload } from './sdk-download.ts';
import { SDK_VERSION } from './sdk-version.ts';

const VARIABLE = 'TEMPORAL_CLI_PATH';
/** Later tags cannot be built by `go install`: their go.mod has a replace directive. */
const GO_VERSION = 'v1.5.1';

const DOWNLOADED: CachedBinary = { folder: `temporal-cli-sdk-${SDK_VERSION}`, file: 'temporal' };
const BUILT: CachedBinary = { folder: `temporal-cli-${GO_VERSION}`, file: 'temporal' };

/**
 * The path of Temporal's command line, which brings the development server: from
 * TEMPORAL_CLI_PATH, PATH, the cache, the SDK's download, or built from source, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findTemporalCli(report: Report): Promise<string> {
  return findInOrder(
    {
      binary: "Temporal's command line",
      ways: [
        {
          what: VARIABLE,
          remedy: `Set ${VARIABLE} to the executable of Temporal's command line.`,
          attempt: () => namedByEnvironment(VARIABLE),
        },
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
          attempt: (say) => sdkDownload('dev-server', DOWNLOADED, say),
        },
        {
          what: 'building it with Go',
          remedy: 'Put Go 1.25 or newer on PATH, and let it reach a Go module proxy.',
          attempt: (say) =>
            goBuild(BUILT, `github.com/temporalio/cli/cmd/temporal@${GO_VERSION}`, say),
        },
      ],
      instead: ['Set TEMPORAL_ADDRESS to a Temporal server that runs already.'],
    },
    report,
  );
}
