import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { findOnPath } from './executable.ts';
import { findInOrder, notHere, type Attempt } from './find-in-order.ts';
import { inCache, installInCache } from './install-in-cache.ts';
import { namedByEnvironment } from './named-by-environment.ts';
import type { Report } from './report.ts';
import { runWithProgress } from './run-with-progress.ts';

const VARIABLE = 'SCHEMATHESIS_PATH';
const VERSION = '4.32.5';
const INSTALL_LIMIT_MS = 10 * 60_000;
const BINARY = { folder: `schemathesis-v${VERSION}`, file: 'st' };

/**
 * The path of schemathesis, which tests the API by its own document: from SCHEMATHESIS_PATH, PATH, the
 * cache, or PyPI, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findSchemathesis(report: Report = () => undefined): Promise<string> {
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
          remedy: 'Run `apt-get install python3-venv` as root.',
          attempt: withDebianPackage,
        },
      ],
    },
    report,
  );
}

/** A virtual environment does not bear being moved, so that it lies beside what runs it. */
function fromPypi(report: Report): Promise<Attempt> {
  return installInCache(BINARY, report, async (folder) => {
    const python = await findOnPath('python3');
    if (python === undefined) return 'there is no python3';
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

async function withDebianPackage(report: Report): Promise<Attempt> {
  const apt = await findOnPath('apt-get');
  if (apt === undefined) return notHere('there is no apt-get');
  if (process.getuid?.() !== 0) return notHere('only root may install packages');
  for (const args of [['update'], ['install', '--yes', 'python3', 'python3-venv']]) {
    const result = await runWithProgress(
      {
        command: apt,
        args,
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        timeLimitMs: INSTALL_LIMIT_MS,
        doing: 'Installing Python',
      },
      report,
    );
    if (result.kind === 'failed') return notHere(result.why);
  }
  return fromPypi(report);
}
