/** Programs from PyPI, each in a virtual environment of its own. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installDebianPackages } from './debian-packages.ts';
import { findOnPath } from './executable.ts';
import { notHere, type SearchResult, type Way } from './find-in-order.ts';
import { cacheFolder, inCache, installInCache, type CachedBinary } from './install-in-cache.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

const INSTALL_LIMIT_MS = 10 * 60_000;

export interface PythonPackage {
  readonly name: string;
  readonly version: string;
  /** Its program. */
  readonly file: string;
  /** What else is installed beside it, as pip takes it. */
  readonly with?: readonly string[];
}

function cachedBinaryOf({ name, version, file }: PythonPackage): CachedBinary {
  return { folder: `${name}-v${version}`, file };
}

/** The folder with the programs of its virtual environment. */
export function venvOf({ name, version }: PythonPackage): string {
  return join(cacheFolder(), `${name}-venv-v${version}`);
}

/** The cache, PyPI, and PyPI after Debian's package of virtual environments, in this order. */
export function waysFromPypi(wanted: PythonPackage): readonly Way[] {
  return [
    { what: 'the cache', attempt: () => inCache(cachedBinaryOf(wanted)) },
    {
      what: 'PyPI',
      remedy:
        'Install Python 3.10 or newer with its venv module, and let this machine reach https://pypi.org.',
      attempt: (progress) => fromPypi(wanted, progress),
    },
    {
      what: 'the Debian package of venv, and PyPI',
      remedy: 'Run `npm run tools` or `apt-get install python3-venv` as root.',
      attempt: (progress) => fromPypiWithDebian(wanted, progress),
    },
  ];
}

/** The virtual environment has a folder of its own: it would not work after the rename of the installation. */
function fromPypi(wanted: PythonPackage, report: ReportLine): Promise<SearchResult> {
  const binary = cachedBinaryOf(wanted);
  return installInCache(binary, report, async (folder) => {
    const python = await findOnPath('python3');
    if (python === undefined) return 'no python3 on PATH';
    const venv = venvOf(wanted);
    const packages = [`${wanted.name}==${wanted.version}`, ...(wanted.with ?? [])];
    const steps = [
      { command: python, args: ['-m', 'venv', '--clear', venv] },
      {
        command: join(venv, 'bin', 'python'),
        args: ['-m', 'pip', 'install', '--quiet', ...packages],
      },
    ];
    for (const step of steps) {
      const doing = `Fetching ${wanted.name}`;
      const result = await runWithProgress(
        { ...step, timeLimitMs: INSTALL_LIMIT_MS, doing },
        report,
      );
      if (result.kind === 'failed') return result.why;
    }
    // The program may start others of its environment.
    const script = `#!/bin/sh\nPATH='${join(venv, 'bin')}':$PATH exec '${join(venv, 'bin', wanted.file)}' "$@"\n`;
    await writeFile(join(folder, wanted.file), script, { mode: 0o755 });
    return undefined;
  });
}

/** The same, after Debian's package of Python's virtual environments. */
async function fromPypiWithDebian(
  wanted: PythonPackage,
  report: ReportLine,
): Promise<SearchResult> {
  const why = await installDebianPackages('Python', ['python3', 'python3-venv'], report);
  return why === undefined ? fromPypi(wanted, report) : notHere(why);
}
