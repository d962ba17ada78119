import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findInOrder, notHere, type SearchResult, namedByEnvironment } from './find-in-order.ts';
import { inCache, type CachedBinary, installInCache } from './install-in-cache.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';
import { sdkDownload, SDK_VERSION } from './sdk-download.ts';
import { findOnPath } from './executable.ts';

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
export function findTestServer(report: ReportLine): Promise<string> {
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
          attempt: (progress) => sdkDownload('time-skipping', DOWNLOADED, progress),
        },
        {
          what: 'Maven Central',
          remedy: 'Put Java 11 or newer and Maven on PATH, and let Maven reach Maven Central.',
          attempt: (progress) => mavenTestServer(FROM_MAVEN, MAVEN_VERSION, progress),
        },
      ],
    },
    report,
  );
}

const TIME_LIMIT_MS = 5 * 60_000;
const COPY_DEPENDENCIES =
  'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** slf4j-nop: without a binding, the server prints a warning at each start. */
function pom(version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;
}

/**
 * The SDK runs one executable file with a port as its argument. The options favour a quick start and
 * little memory over speed, because tests start many servers that run briefly.
 */
const STARTER = `#!/bin/sh
here=$(dirname "$0")
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" \\
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx512m \\
  -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;

/** Downloads Temporal's Java test server from Maven Central into the cache. Needs Java and Maven. */
async function mavenTestServer(
  binary: CachedBinary,
  version: string,
  report: ReportLine,
): Promise<SearchResult> {
  if (process.platform === 'win32') return notHere('it is started by a shell script');
  if ((await findOnPath('java')) === undefined) return notHere('no java on PATH');
  const maven = await findOnPath('mvn');
  if (maven === undefined) return notHere('no mvn on PATH');

  return installInCache(binary, report, async (folder) => {
    report(`Fetching Temporal's test server ${version} from Maven Central (38 MB)`);
    await mkdir(join(folder, 'lib'));
    await writeFile(join(folder, 'pom.xml'), pom(version));
    const run = await runWithProgress(
      {
        command: maven,
        args: [
          '--batch-mode',
          '--quiet',
          COPY_DEPENDENCIES,
          '-DoutputDirectory=lib',
          '-DincludeScope=runtime',
        ],
        cwd: folder,
        timeLimitMs: TIME_LIMIT_MS,
        doing: "Fetching Temporal's test server",
      },
      report,
    );
    if (run.kind === 'failed') return run.why;
    const starter = join(folder, binary.file);
    await writeFile(starter, STARTER);
    await chmod(starter, 0o755);
    return undefined;
  });
}
