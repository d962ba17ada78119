import { findInOrder } from './find-in-order.ts';
import { inCache, type CachedBinary } from './install-in-cache.ts';
import { mavenTestServer } from './maven-test-server.ts';
import { namedByEnvironment } from './named-by-environment.ts';
import type { Report } from './report.ts';
import { sdkDownload } from './sdk-download.ts';
import { SDK_VERSION } from './sdk-version.ts';

const VARIABLE = 'TEMPORAL_TEST_SERVER_PATH';
const MAVEN_VERSION = '1.38.0';

const DOWNLOADED: CachedBinary = {
  folder: `temporal-test-server-sdk-${SDK_VERSION}`,
  file: 'temporal-test-server',
};
const FROM_MAVEN: CachedBinary = {
  folder: `temporal-test-server-${MAVEN_VERSION}`,
  file: 'temporal-test-server',
};

/**
 * The path of Temporal's time-skipping test server, for the SDK's `existing-path`: from
 * TEMPORAL_TEST_SERVER_PATH, the cache, the SDK's download or Maven Central, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findTestServer(report: Report): Promise<string> {
  return findInOrder(
    {
      binary: "Temporal's time-skipping test server",
      ways: [
        {
          what: VARIABLE,
          remedy: `Set ${VARIABLE} to the server's executable (github.com/temporalio/sdk-java/releases).`,
          attempt: () => namedByEnvironment(VARIABLE),
        },
        { what: 'the cache', attempt: () => inCache(DOWNLOADED) },
        { what: 'the cache', attempt: () => inCache(FROM_MAVEN) },
        {
          what: "the SDK's download",
          remedy: 'Let this machine reach https://temporal.download and github.com.',
          attempt: (say) => sdkDownload('time-skipping', DOWNLOADED, say),
        },
        {
          what: 'Maven Central',
          remedy: 'Put Java 11 or newer and Maven on PATH, and let Maven reach Maven Central.',
          attempt: (say) => mavenTestServer(FROM_MAVEN, MAVEN_VERSION, say),
        },
      ],
    },
    report,
  );
}
