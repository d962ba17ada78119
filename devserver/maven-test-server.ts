import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from './executable.ts';
import { notHere, type Attempt } from './find-in-order.ts';
import { installInCache, type CachedBinary } from './install-in-cache.ts';
import type { Report } from './report.ts';
import { runWithProgress } from './run-with-progress.ts';

const TIME_LIMIT_MS = 5 * 60_000;
const COPY_DEPENDENCIES =
  'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** slf4j-nop: without a binding the server prints a warning at each start. */
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
 * The SDK starts the test server as one file with a port. The options favour a quick start and
 * little memory over speed: tests start many of them and none lives long.
 */
const STARTER = `#!/bin/sh
here=$(dirname "$0")
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" \\
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx512m \\
  -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;

/** Takes Temporal's Java test server from Maven Central into the cache. Needs Java and Maven. */
export async function mavenTestServer(
  binary: CachedBinary,
  version: string,
  report: Report,
): Promise<Attempt> {
  if (process.platform === 'win32') return notHere('its starter is a shell script');
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
