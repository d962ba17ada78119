import { beforeEach, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BinaryNotFoundError, findTestServer } from '../../devserver/index.ts';
import { useEnvironment } from './environment.ts';
import { fakeExecutable } from './fake-executable.ts';
import { temporaryFolder } from './temporary-folder.ts';

let folder: string;
let path: string;
let cache: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder, 'bin');
  cache = join(folder, 'cache');
  useEnvironment({
    // PATH has only the java and mvn of a test.
    PATH: path,
    JAVA_HOME: undefined,
    XDG_CACHE_HOME: cache,
    TEMPORAL_TEST_SERVER_PATH: undefined,
    // The SDK's download fails.
    HTTPS_PROXY: 'http://127.0.0.1:9',
  });
});

function find(): Promise<string> {
  return findTestServer(() => undefined);
}

test('TEMPORAL_TEST_SERVER_PATH has priority', async () => {
  const named = await fakeExecutable(join(folder, 'mine'), 'true');
  useEnvironment({ TEMPORAL_TEST_SERVER_PATH: named });
  await expect(find()).resolves.toBe(named);
});

test('Java starts the server that Maven downloaded, with the port of the SDK', async () => {
  await fakeExecutable(join(path, 'mvn'), 'echo jar > lib/server.jar');
  await fakeExecutable(join(path, 'java'), 'echo "$@"');
  const starter = await find();
  const { stdout } = await promisify(execFile)(starter, ['7777'], {
    env: { PATH: `${path}:/usr/bin:/bin` },
  });
  expect(stdout).toContain('/lib/* io.temporal.testserver.TestServer 7777');
  await expect(find()).resolves.toBe(starter);
});

test('if Maven fails, nothing is left behind, and the error quotes its last line', async () => {
  await fakeExecutable(join(path, 'java'), 'true');
  await fakeExecutable(join(path, 'mvn'), 'echo "[ERROR] no such artifact"; exit 1');
  await expect(find()).rejects.toThrow('Maven Central: [ERROR] no such artifact');
  await expect(readdir(join(cache, 'sender-onboarding'))).resolves.toEqual([]);
});

test('without Java, one message names all remedies', async () => {
  const failure: unknown = await find().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(BinaryNotFoundError);
  expect(String(failure)).toContain('no java on PATH');
  expect(String(failure)).toContain('Set TEMPORAL_TEST_SERVER_PATH');
  expect(String(failure)).toContain('Put Java 11 or newer and Maven on PATH');
});
