import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from './executable.ts';
import { found, notHere, type Attempt } from './find-in-order.ts';
import type { Report } from './report.ts';

const run = promisify(execFile);

/** Priorities, by which sign-ups go before imports, came with server 1.29. */
const OLDEST = { major: 1, minor: 29 };

/** The `temporal` on PATH, unless its development server is too old for us. */
export async function recentTemporalOnPath(report: Report): Promise<Attempt> {
  const path = await findOnPath('temporal');
  if (path === undefined) return notHere('there is none');
  const version = await serverVersion(path);
  if (version === undefined) return notHere(`${path} does not tell the version of its server`);
  const { major, minor } = version;
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return found(path);
  const why = `${path} brings server ${major}.${minor}, older than ${OLDEST.major}.${OLDEST.minor}`;
  report(`Passing over ${why}`);
  return notHere(why);
}

/** From a line like `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`. */
async function serverVersion(path: string): Promise<typeof OLDEST | undefined> {
  const { stdout } = await run(path, ['--version'], { timeout: 10_000 }).catch(() => ({
    stdout: '',
  }));
  const match = /Server (\d+)\.(\d+)/.exec(stdout);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}
