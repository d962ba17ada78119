import { beforeEach, expect, test } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BinaryNotFoundError, findTemporalCli } from '../../devserver/index.ts';
import { useEnvironment } from './environment.ts';
import { fakeExecutable } from './fake-executable.ts';
import { temporaryFolder } from './temporary-folder.ts';

const TELLS_VERSION = (server: string): string =>
  `echo 'temporal version 1.5.1 (Server ${server}, UI 2.42.1)'`;
/** Does what we use of `go install`, without taking minutes. */
const BUILDS = `echo built >> "\${XDG_CACHE_HOME%/*}/count"; printf '#!/bin/sh\\n' > "$GOBIN/temporal"; /bin/chmod +x "$GOBIN/temporal"`;

let folder: string;
let path: string;
let cache: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder, 'bin');
  cache = join(folder, 'cache');
  useEnvironment({
    // PATH has only the temporal and go of a test.
    PATH: path,
    XDG_CACHE_HOME: cache,
    TEMPORAL_CLI_PATH: undefined,
    // The SDK's download fails.
    HTTPS_PROXY: 'http://127.0.0.1:9',
  });
});

function find(): Promise<string> {
  return findTemporalCli(() => undefined);
}

test('TEMPORAL_CLI_PATH has priority', async () => {
  await fakeExecutable(join(path, 'temporal'), TELLS_VERSION('1.29.1'));
  const named = await fakeExecutable(join(folder, 'mine'), 'true');
  useEnvironment({ TEMPORAL_CLI_PATH: named });
  await expect(find()).resolves.toBe(named);
});

test('TEMPORAL_CLI_PATH that names no executable is an error and not ignored', async () => {
  await fakeExecutable(join(path, 'temporal'), TELLS_VERSION('1.29.1'));
  const named = join(folder, 'text');
  await writeFile(named, 'no program');
  useEnvironment({ TEMPORAL_CLI_PATH: named });
  const failure = find();
  await expect(failure).rejects.toThrow(BinaryNotFoundError);
  await expect(failure).rejects.toThrow(`TEMPORAL_CLI_PATH is set to ${named}`);
});

test('`temporal` on PATH is used', async () => {
  const onPath = await fakeExecutable(join(path, 'temporal'), TELLS_VERSION('1.30.0'));
  await expect(find()).resolves.toBe(onPath);
});

test('a `temporal` on PATH whose server is too old is not used, and that is reported', async () => {
  await fakeExecutable(join(path, 'temporal'), TELLS_VERSION('1.28.2'));
  await fakeExecutable(join(path, 'go'), BUILDS);
  const reported: string[] = [];
  const foundPath = await findTemporalCli((line) => reported.push(line));
  expect(foundPath.startsWith(cache)).toBe(true);
  expect(reported.join('\n')).toContain('brings server 1.28, older than 1.29');
});

test('a binary that was built is found in the cache', async () => {
  await fakeExecutable(join(path, 'go'), BUILDS);
  const first = await find();
  await expect(find()).resolves.toBe(first);
  await expect(readFile(join(folder, 'count'), 'utf8')).resolves.toBe('built\n');
});

test('two processes at the same time build once', async () => {
  await fakeExecutable(join(path, 'go'), BUILDS);
  const [one, two] = await Promise.all([find(), find()]);
  expect(one).toBe(two);
  await expect(readFile(join(folder, 'count'), 'utf8')).resolves.toBe('built\n');
});

test('a build that fails leaves nothing behind, and the error quotes its last line', async () => {
  await fakeExecutable(join(path, 'go'), `${BUILDS}; echo 'disk full' >&2; exit 1`);
  await expect(find()).rejects.toThrow('building it with Go: disk full');
  await expect(readdir(join(cache, 'sender-onboarding'))).resolves.toEqual([]);
});

test('a cache that cannot be written to is an error that says what to do', async () => {
  await fakeExecutable(join(path, 'go'), BUILDS);
  await writeFile(join(folder, 'file'), 'in the way');
  useEnvironment({ XDG_CACHE_HOME: join(folder, 'file') });
  const failure = await find().catch((error: unknown) => String(error));
  expect(failure).toMatch(/building it with Go: cannot write to the cache.*XDG_CACHE_HOME/);
  expect(failure).toContain('Set TEMPORAL_CLI_PATH');
});

test('when no way works, one message names all remedies', async () => {
  const failure = await find().catch((error: unknown) => String(error));
  for (const wayOut of [
    'Set TEMPORAL_CLI_PATH',
    "Install Temporal's command line",
    'Let this machine reach https://temporal.download',
    'Put Go 1.2',
    'Set TEMPORAL_ADDRESS',
  ]) {
    expect(failure).toContain(wayOut);
  }
});
