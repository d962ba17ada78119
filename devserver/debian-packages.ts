import { findOnPath } from './executable.ts';
import { notHere, type SearchResult, type Way } from './find-in-order.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

const LIMIT_MS = 10 * 60_000;

/** Set by `npm run tools`. */
export const ASK_FOR_PACKAGES = 'INSTALL_DEBIAN_PACKAGES';

/** A test run must not change the machine: only CI and `npm run tools` install Debian packages. */
export function mayInstallPackages(): boolean {
  return Boolean(process.env['CI'] ?? process.env[ASK_FOR_PACKAGES]);
}

/**
 * Installs Debian packages if this process is root and asked to.
 *
 * @param what the name of the program, for the progress lines
 * @returns the reason for a failure, or undefined
 */
export async function installDebianPackages(
  what: string,
  packages: readonly string[],
  report: ReportLine,
): Promise<string | undefined> {
  if (!mayInstallPackages()) return 'only `npm run tools` and CI install packages';
  const apt = await findOnPath('apt-get');
  if (apt === undefined) return 'no apt-get on PATH';
  if (process.getuid?.() !== 0) return 'only root may install packages';
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', ...packages];
  for (const args of [['update'], install]) {
    const doing = `Installing ${what}`;
    const result = await runWithProgress(
      { command: apt, args, env, timeLimitMs: LIMIT_MS, doing },
      report,
    );
    if (result.kind === 'failed') return result.why;
  }
  return undefined;
}

/**
 * A way that installs Debian packages.
 *
 * @param what the name of the program, for the progress lines
 * @param find finds the program where the packages put it
 */
export function byDebianPackages(
  what: string,
  packages: readonly string[],
  find: () => Promise<SearchResult>,
): Way {
  return {
    what: packages.length === 1 ? 'the Debian package' : 'the Debian packages',
    remedy: `Run \`npm run tools\` or \`apt-get install ${packages.join(' ')}\` as root.`,
    async attempt(report) {
      const why = await installDebianPackages(what, packages, report);
      return why === undefined ? find() : notHere(why);
    },
  };
}
