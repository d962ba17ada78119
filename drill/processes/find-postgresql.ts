import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installDebianPackages } from '../../devserver/debian-packages.ts';
import { isExecutable } from '../../devserver/executable.ts';
import {
  findInOrder,
  found,
  notHere,
  onPath,
  type Search,
  type SearchResult,
} from '../../devserver/find-in-order.ts';
import { here } from './here.ts';

type Report = (line: string) => void;

/** Debian's paths for PostgreSQL; a test uses other paths. */
const DEBIAN = {
  /** Has a folder for each version; these are not on PATH. */
  versions: '/usr/lib/postgresql',
  /** A configuration file that the installation reads. */
  settings: '/etc/postgresql-common/createcluster.d/sender-onboarding-drill.conf',
};

/**
 * The folder of PostgreSQL's programs: an installed one of Debian, from PATH, or from the Debian package.
 *
 * @throws CannotRunError when PostgreSQL cannot be found or installed
 */
export async function findPostgresql(report: Report, debian = DEBIAN): Promise<string> {
  const search: Search = {
    binary: 'PostgreSQL',
    ways: [
      { what: debian.versions, attempt: () => newestOf(debian.versions) },
      {
        what: 'initdb on PATH',
        remedy: 'Install PostgreSQL 13 or newer, so that PATH has initdb.',
        attempt: onPath('initdb'),
      },
      {
        what: 'the Debian package',
        remedy: 'Run `apt-get install postgresql` as root.',
        attempt: () => debianPackage(debian, report),
      },
    ],
    instead: ['Leave the drill out by `--without postgresql`.'],
  };
  return dirname(await here(findInOrder(search, report)));
}

async function newestOf(versions: string): Promise<SearchResult> {
  const all = await readdir(versions).catch(() => []);
  for (const version of all.toSorted((a, b) => Number(b) - Number(a))) {
    const initdb = join(versions, version, 'bin', 'initdb');
    if (await isExecutable(initdb)) return found(initdb);
  }
  return notHere('no version with initdb');
}

/** If root installs the package, the configuration keeps it from starting a server on this machine. */
async function debianPackage(
  { versions, settings }: typeof DEBIAN,
  report: Report,
): Promise<SearchResult> {
  await mkdir(dirname(settings), { recursive: true }).catch(() => undefined);
  await writeFile(settings, 'create_main_cluster = false\n').catch(() => undefined);
  try {
    const why = await installDebianPackages('PostgreSQL', ['postgresql'], report);
    return why === undefined ? await newestOf(versions) : notHere(why);
  } finally {
    await rm(settings, { force: true });
  }
}
