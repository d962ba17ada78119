import { createRequire } from 'node:module';
import { byDebianPackages, installDebianPackages, mayInstallPackages } from './debian-packages.ts';
import { findOnPath, isExecutable } from './executable.ts';
import { byEnvironment, findInOrder, found, notHere, type SearchResult } from './find-in-order.ts';
import { type ReportLine, runWithProgress } from './run-with-progress.ts';

/** Chromium without its window: the same pages for half the computing. */
const HEADLESS_SHELL = 'chromium-headless-shell';
const NAMES = [
  HEADLESS_SHELL,
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const INSTALL_LIMIT_MS = 10 * 60_000;

/** Chromium's arguments in the browser tests: no GPU, and no network requests of its own. */
export function chromiumArguments(): readonly string[] {
  const quiet = ['--disable-gpu', '--disable-quic', '--disable-background-networking'];
  // Chromium's sandbox does not work for root.
  return isRoot() ? ['--no-sandbox', ...quiet] : quiet;
}

/**
 * The path of a Chromium for the browser tests: from CHROMIUM_PATH, PATH, Playwright's cache,
 * Playwright's download, or the Debian package, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findChromium(report: ReportLine = () => undefined): Promise<string> {
  return findInOrder(
    {
      binary: 'Chromium',
      ways: [
        byEnvironment('CHROMIUM_PATH', 'a Chromium or Chrome'),
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
        byDebianPackages('Chromium', ['chromium'], onPath),
      ],
    },
    report,
  );
}

/** Where this process may not install it, or the machine's Debian does not have it, tests use another Chromium. */
export async function installHeadlessShell(report: ReportLine): Promise<void> {
  if ((await findOnPath(HEADLESS_SHELL)) !== undefined) return;
  const why = await installDebianPackages('Chromium', [HEADLESS_SHELL], report);
  if (why !== undefined) report(`Without ${HEADLESS_SHELL}: ${why}`);
}

async function onPath(): Promise<SearchResult> {
  for (const name of NAMES) {
    const path = await findOnPath(name);
    if (path !== undefined) return found(path);
  }
  return notHere(`none of ${NAMES.join(', ')}`);
}

async function inPlaywrightsCache(): Promise<SearchResult> {
  // Imported here because only tests use it: the package does not depend on Playwright.
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return (await isExecutable(path)) ? found(path) : notHere(`no ${path}`);
}

async function playwrightsDownload(report: ReportLine): Promise<SearchResult> {
  const cli = createRequire(import.meta.url)
    .resolve('playwright-core/package.json')
    .replace(/package\.json$/, 'cli.js');
  const result = await runWithProgress(
    {
      command: process.execPath,
      // Chromium's system libraries are Debian packages.
      args: [
        cli,
        'install',
        ...(isRoot() && mayInstallPackages() ? ['--with-deps'] : []),
        'chromium',
      ],
      timeLimitMs: INSTALL_LIMIT_MS,
      doing: "Fetching Playwright's Chromium",
    },
    report,
  );
  return result.kind === 'done' ? inPlaywrightsCache() : notHere(result.why);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
