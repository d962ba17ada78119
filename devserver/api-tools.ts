/** Programs that read the OpenAPI document: generators of clients, and one that compares two documents. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from './executable.ts';
import { byEnvironment, findInOrder, notHere, type SearchResult } from './find-in-order.ts';
import { findGoCommand, type GoCommand } from './go-install.ts';
import { inCache, installInCache, type CachedBinary } from './install-in-cache.ts';
import { venvOf, waysFromPypi, type PythonPackage } from './pypi.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

/** The generated client needs nothing beyond what its generator needs, but the library that verifies notifications. */
const PYTHON: PythonPackage = {
  name: 'openapi-python-client',
  version: '0.29.1',
  file: 'openapi-python-client',
  with: ['standardwebhooks==1.0.1'],
};
const OAPI_CODEGEN: GoCommand = {
  name: 'oapi-codegen',
  module: 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen',
  version: 'v2.8.2',
};
const OASDIFF: GoCommand = {
  name: 'oasdiff',
  module: 'github.com/oasdiff/oasdiff',
  version: 'v1.38.0',
};
const JAVA_VERSION = '7.25.0';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
const TIME_LIMIT_MS = 10 * 60_000;

/** openapi-python-client, from PyPI. @throws BinaryNotFoundError */
export function findPythonGenerator(report: ReportLine): Promise<string> {
  const variable = 'OPENAPI_PYTHON_CLIENT_PATH';
  return findInOrder(
    {
      binary: `${PYTHON.name} ${PYTHON.version}`,
      ways: [byEnvironment(variable, PYTHON.name), ...waysFromPypi(PYTHON)],
    },
    report,
  );
}

/** The Python that has the libraries of a generated client. The generator has to be found first. */
export function pythonOfClients(): string {
  return join(venvOf(PYTHON), 'bin', 'python');
}

/** oapi-codegen, built with Go. @throws BinaryNotFoundError */
export function findGoGenerator(report: ReportLine): Promise<string> {
  return findGoCommand('OAPI_CODEGEN_PATH', OAPI_CODEGEN, report);
}

/** oasdiff, built with Go. @throws BinaryNotFoundError */
export function findOasdiff(report: ReportLine): Promise<string> {
  return findGoCommand('OASDIFF_PATH', OASDIFF, report);
}

/** openapi-generator, from Maven Central. @throws BinaryNotFoundError */
export function findJavaGenerator(report: ReportLine): Promise<string> {
  const binary = { folder: `openapi-generator-v${JAVA_VERSION}`, file: 'openapi-generator' };
  return findInOrder(
    {
      binary: `openapi-generator ${JAVA_VERSION}`,
      ways: [
        byEnvironment('OPENAPI_GENERATOR_PATH', 'openapi-generator'),
        { what: 'the cache', attempt: () => inCache(binary) },
        {
          what: 'Maven Central',
          remedy: 'Put Java 17 or newer and Maven on PATH, and let Maven reach Maven Central.',
          attempt: (progress) => fromMaven(binary, progress),
        },
      ],
    },
    report,
  );
}

async function fromMaven(binary: CachedBinary, report: ReportLine): Promise<SearchResult> {
  if ((await findOnPath('java')) === undefined) return notHere('no java on PATH');
  const maven = await findOnPath('mvn');
  if (maven === undefined) return notHere('no mvn on PATH');
  return installInCache(binary, report, async (folder) => {
    report(`Fetching openapi-generator ${JAVA_VERSION} from Maven Central (30 MB)`);
    const artifact = `org.openapitools:openapi-generator-cli:${JAVA_VERSION}`;
    const run = await runWithProgress(
      {
        command: maven,
        args: [
          ...['--batch-mode', '--quiet', COPY],
          ...[`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`],
        ],
        cwd: folder,
        timeLimitMs: TIME_LIMIT_MS,
        doing: 'Fetching openapi-generator',
      },
      report,
    );
    if (run.kind === 'failed') return run.why;
    const jar = `openapi-generator-cli-${JAVA_VERSION}.jar`;
    const starter = join(folder, binary.file);
    const java = '"${JAVA_HOME:+$JAVA_HOME/bin/}java"';
    await writeFile(
      starter,
      `#!/bin/sh\nexec ${java} -XX:TieredStopAtLevel=1 -jar "$(dirname "$0")/${jar}" "$@"\n`,
    );
    await chmod(starter, 0o755);
    return undefined;
  });
}
