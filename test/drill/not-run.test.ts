/** A drill that was not run fails, because it proves nothing, unless it was left out by name. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotRunError } from '../../drill/drill.ts';
import { findPostgresql } from '../../drill/processes/find-postgresql.ts';
import { useEnvironment } from '../devserver/environment.ts';
import { fakeExecutable } from '../devserver/fake-executable.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const DRILL = fileURLToPath(new URL('../../drill/main.ts', import.meta.url));
const getuid = process.getuid?.bind(process);
const quiet = () => undefined;

let folder: string;
let debian: { readonly versions: string; readonly settings: string };

beforeEach(async () => {
  folder = await temporaryFolder();
  debian = { versions: join(folder, 'versions'), settings: join(folder, 'settings', 'ours.conf') };
  // PATH has only the go, apt-get and initdb of a test.
  useEnvironment({
    PATH: join(folder, 'bin'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    INSTALL_DEBIAN_PACKAGES: '1',
  });
});

afterEach(() => {
  if (getuid !== undefined) process.getuid = getuid;
});

/** Runs a drill on a machine where Temporal's server cannot be built. */
function runDrill(...args: readonly string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      PATH: [join(folder, 'bin'), dirname(process.execPath)].join(':'),
    };
    const child = execFile(process.execPath, [DRILL, ...args], { env }, (_error, out) => {
      resolve({ code: child.exitCode, out });
    });
  });
}

test.each(['postgresql', 'image'])(
  '%s, which this machine cannot run, fails, with the reason',
  async (drill) => {
    const { code, out } = await runDrill(drill, '--short');
    expect(code).toBe(1);
    expect(out).toContain(`✗ ${drill}: not run: `);
  },
);

test('a drill that was left out by name does not fail, and its row says so', async () => {
  const { code, out } = await runDrill('postgresql', '--short', '--without', 'postgresql');
  expect(out).toMatch(/\| postgresql \|.*left out by --without/);
  expect(code).toBe(0);
});

test('an unknown drill cannot be left out', async () => {
  const { code } = await runDrill('--short', '--without', 'postgres');
  expect(code).toBe(1);
});

test('root installs PostgreSQL from Debian, and no server of its own is started', async () => {
  process.getuid = () => 0;
  const initdb = join(debian.versions, '15', 'bin', 'initdb');
  await fakeExecutable(
    join(folder, 'bin', 'apt-get'),
    `export PATH=/usr/bin:/bin\nif [ "$1" = install ]; then
       cp '${debian.settings}' '${folder}/seen'; echo "$@" > '${folder}/installed'
       mkdir -p '${dirname(initdb)}' && cp /bin/true '${initdb}'
     fi`,
  );
  await expect(findPostgresql(quiet, debian)).resolves.toBe(dirname(initdb));
  await expect(readFile(join(folder, 'installed'), 'utf8')).resolves.toMatch(/ postgresql\n$/);
  await expect(readFile(join(folder, 'seen'), 'utf8')).resolves.toBe(
    'create_main_cluster = false\n',
  );
  await expect(readFile(debian.settings, 'utf8')).rejects.toThrow('ENOENT');
});

test('another user installs it through sudo, if sudo wants no password', async () => {
  process.getuid = () => 1000;
  const initdb = join(debian.versions, '15', 'bin', 'initdb');
  await fakeExecutable(
    join(folder, 'bin', 'sudo'),
    `export PATH=/usr/bin:/bin\n[ "$1" = -n ] || exit 1\nshift; AS_ROOT=1 exec "$@"`,
  );
  await fakeExecutable(
    join(folder, 'bin', 'apt-get'),
    `export PATH=/usr/bin:/bin\n[ "$AS_ROOT" = 1 ] || exit 1\nif [ "$1" = install ]; then
       echo "$DEBIAN_FRONTEND" > '${folder}/frontend'
       mkdir -p '${dirname(initdb)}' && cp /bin/true '${initdb}'
     fi`,
  );
  await expect(findPostgresql(quiet, debian)).resolves.toBe(dirname(initdb));
  await expect(readFile(join(folder, 'frontend'), 'utf8')).resolves.toBe('noninteractive\n');
});

test('a sudo that asks for a password installs nothing', async () => {
  process.getuid = () => 1000;
  await fakeExecutable(
    join(folder, 'bin', 'sudo'),
    `echo 'sudo: a password is required' >&2; exit 1`,
  );
  await fakeExecutable(join(folder, 'bin', 'apt-get'), `touch '${folder}/asked'`);
  const failure: unknown = await findPostgresql(quiet, debian).catch((error: unknown) => error);
  expect(String(failure)).toContain('only root, or sudo without a password, may install packages');
  await expect(readFile(join(folder, 'asked'), 'utf8')).rejects.toThrow('ENOENT');
});

test('unless CI or `npm run tools` asks for packages, root installs none', async () => {
  useEnvironment({ CI: undefined, INSTALL_DEBIAN_PACKAGES: undefined });
  process.getuid = () => 0;
  await fakeExecutable(join(folder, 'bin', 'apt-get'), `touch '${folder}/asked'`);
  const failure: unknown = await findPostgresql(quiet, debian).catch((error: unknown) => error);
  expect(String(failure)).toContain('only `npm run tools` and CI install packages');
  await expect(readFile(join(folder, 'asked'), 'utf8')).rejects.toThrow('ENOENT');
});

test('if PostgreSQL cannot be found or installed, the error names all remedies', async () => {
  process.getuid = () => 1000;
  await fakeExecutable(join(folder, 'bin', 'apt-get'), 'exit 1');
  const failure: unknown = await findPostgresql(quiet, debian).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CannotRunError);
  expect(String(failure)).toContain('only root, or sudo without a password, may install packages');
  expect(String(failure)).toContain('Run `apt-get install postgresql` as root.');
  expect(String(failure)).toContain('--without postgresql');
});
