import { createRequire } from 'node:module';
import { findOnPath, isExecutable } from './executable.ts';
import { findInOrder, found, notHere, type Attempt } from './find-in-order.ts';
import { namedByEnvironment } from './named-by-environment.ts';
import type { Report } from './report.ts';
import { runWithProgress } from './run-with-progress.ts';

const VARIABLE = 'CHROMIUM_PATH';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL_LIMIT_MS = 10 * 60_000;

/** How the browser tests start Chromium: quietly, without a display or calls of its own. */
export function chromiumArguments(): readonly string[] {
  const quiet = ['--disable-gpu', '--disable-quic', '--disable-background-networking'];
  // Chromium's sandbox cannot be had by root.
  return isRoot() ? ['--no-sandbox', ...quiet] : quiet;
}

/**
 * The path of a Chromium for the browser tests: from CHROMIUM_PATH, PATH, Playwright's cache,
 * Playwright's download, or the Debian package, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findChromium(report: Report = () => undefined): Promise<string> {
  return findInOrder(
    {
      binary: 'Chromium',
      ways: [
        {
          what: VARIABLE,
          remedy: `Set ${VARIABLE} to the executable of a Chromium or Chrome.`,
          attempt: () => namedByEnvironment(VARIABLE),
        },
        {
          what: 'PATH',
          remedy: 'Install Chromium or Chrome, so that PATH has it.',
          attempt: onPath,
        },
        { what: "Playwright's cache", attempt: inPlaywrightsCache },
        {
          what: "Playwright's download",
          remedy: 'Let this machine reach https://cdn.playwright.dev.',
          attempt: playwrightsDownload,
        },
        {
          what: 'the Debian package',
          remedy: 'Run `apt-get install chromium` as root.',
          attempt: debianPackage,
        },
      ],
    },
    report,
  );
}

async function onPath(): Promise<Attempt> {
  for (const name of NAMES) {
    const path = await findOnPath(name);
    if (path !== undefined) return found(path);
  }
  return notHere(`none of ${NAMES.join(', ')}`);
}

async function inPlaywrightsCache(): Promise<Attempt> {
  // A tool of the tests only: not to be loaded with the rest of this folder.
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return (await isExecutable(path)) ? found(path) : notHere(`no ${path}`);
}

async function playwrightsDownload(report: Report): Promise<Attempt> {
  const cli = createRequire(import.meta.url)
    .resolve('playwright-core/package.json')
    .replace(/package\.json$/, 'cli.js');
  const result = await runWithProgress(
    {
      command: process.execPath,
      // Chromium's system libraries can be installed by root only.
      args: [cli, 'install', ...(isRoot() ? ['--with-deps'] : []), 'chromium'],
      timeLimitMs: INSTALL_LIMIT_MS,
      doing: "Fetching Playwright's Chromium",
    },
    report,
  );
  return result.kind === 'done' ? inPlaywrightsCache() : notHere(result.why);
}

async function debianPackage(report: Report): Promise<Attempt> {
  const apt = await findOnPath('apt-get');
  if (apt === undefined) return notHere('there is no apt-get');
  if (!isRoot()) return notHere('only root may install packages');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', 'chromium'];
  for (const args of [['update'], install]) {
    const result = await runWithProgress(
      { command: apt, args, env, timeLimitMs: INSTALL_LIMIT_MS, doing: 'Installing Chromium' },
      report,
    );
    if (result.kind === 'failed') return notHere(result.why);
  }
  return onPath();
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
