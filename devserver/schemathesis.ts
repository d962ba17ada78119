import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, inCache, installInCache } from './install-in-cache.ts';
import { installDebianPackages } from './debian-packages.ts';
import { findOnPath } from './executable.ts';
import { findInOrder, notHere, type SearchResult, namedByEnvironment } from './find-in-order.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

const VARIABLE = 'SCHEMATHESIS_PATH';
const VERSION = '4.32.5';
const INSTALL_LIMIT_MS = 10 * 60_000;
const BINARY = { folder: `schemathesis-v${VERSION}`, file: 'st' };

/**
 * The path of schemathesis, which tests the API against its OpenAPI document: from SCHEMATHESIS_PATH, the
 * cache, or PyPI, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findSchemathesis(report: ReportLine = () => undefined): Promise<string> {
  return findInOrder(
    {
      binary: `schemathesis ${VERSION}`,
      ways: [
        {
          what: VARIABLE,
          remedy: `Set ${VARIABLE} to the executable of schemathesis (st).`,
          attempt: () => namedByEnvironment(VARIABLE),
        },
        { what: 'the cache', attempt: () => inCache(BINARY) },
        {
          what: 'PyPI',
          remedy:
            'Install Python 3.10 or newer with its venv module, and let this machine reach https://pypi.org.',
          attempt: fromPypi,
        },
        {
          what: 'the Debian package of venv, and PyPI',
          remedy: 'Run `npm run tools` or `apt-get install python3-venv` as root.',
          attempt: withDebianPackage,
        },
      ],
    },
    report,
  );
}

/** The virtual environment has a folder of its own: it would not work after the rename of the installation. */
function fromPypi(report: ReportLine): Promise<SearchResult> {
  return installInCache(BINARY, report, async (folder) => {
    const python = await findOnPath('python3');
    if (python === undefined) return 'no python3 on PATH';
    const venv = join(cacheFolder(), `schemathesis-venv-v${VERSION}`);
    const steps = [
      { command: python, args: ['-m', 'venv', '--clear', venv] },
      {
        command: join(venv, 'bin', 'python'),
        args: ['-m', 'pip', 'install', '--quiet', `schemathesis==${VERSION}`],
      },
    ];
    for (const step of steps) {
      const doing = 'Fetching schemathesis';
      const result = await runWithProgress(
        { ...step, timeLimitMs: INSTALL_LIMIT_MS, doing },
        report,
      );
      if (result.kind === 'failed') return result.why;
    }
    const script = `#!/bin/sh\nexec '${join(venv, 'bin', 'st')}' "$@"\n`;
    await writeFile(join(folder, BINARY.file), script, { mode: 0o755 });
    return undefined;
  });
}

async function withDebianPackage(report: ReportLine): Promise<SearchResult> {
  const why = await installDebianPackages('Python', ['python3', 'python3-venv'], report);
  return why === undefined ? fromPypi(report) : notHere(why);
}
