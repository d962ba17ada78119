import { findOnPath } from './executable.ts';
import { notHere, type SearchResult, type Way } from './find-in-order.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

const LIMIT_MS = 10 * 60_000;
const SUDO_LIMIT_MS = 30_000;

/** Set by `npm run tools`. */
export const ASK_FOR_PACKAGES = 'INSTALL_DEBIAN_PACKAGES';

/** A test run must not change the machine: only CI and `npm run tools` install Debian packages. */
export function mayInstallPackages(): boolean {
  // Empty means unset.
  return ['CI', ASK_FOR_PACKAGES].some((name) => Boolean(process.env[name]));
}

/**
 * Installs Debian packages if asked to, as root or through a sudo that wants no password, as GitHub's runners have it.
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
  const sudo = process.getuid?.() === 0 ? [] : await sudoWithoutPassword();
  if (sudo === undefined) return 'only root, or sudo without a password, may install packages';
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', ...packages];
  for (const args of [['update'], install]) {
    const doing = `Installing ${what}`;
    const [command = apt, ...rest] = [...sudo, apt, ...args];
    const result = await runWithProgress(
      { command, args: rest, env, timeLimitMs: LIMIT_MS, doing },
      report,
    );
    if (result.kind === 'failed') return result.why;
  }
  return undefined;
}

/** `-n` fails where sudo would ask for a password. */
async function sudoWithoutPassword(): Promise<readonly string[] | undefined> {
  const sudo = await findOnPath('sudo');
  if (sudo === undefined) return undefined;
  const tried = await runWithProgress(
    { command: sudo, args: ['-n', 'true'], timeLimitMs: SUDO_LIMIT_MS, doing: 'Trying sudo' },
    () => undefined,
  );
  // env, because sudo drops variables.
  return tried.kind === 'done' ? [sudo, '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : undefined;
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
