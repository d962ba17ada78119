/**
 * Tests start some hundred Java test servers, and each spends most of its start on loading classes.
 * Java keeps these in an archive that later ones share; the first run on a machine makes it with
 * one server and one onboarding (`warm-up-onboarding.ts`).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../devserver/port.ts';

const CONVERSATION = fileURLToPath(new URL('warm-up-onboarding.ts', import.meta.url));
const ARCHIVE = 'classes.jsa';
const STARTER = 'quick-test-server';
const LIMIT_MS = 60_000;

const written = (option: string): string => `#!/bin/sh
here=$(dirname "$0")
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" \\
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off \\
  ${option} -Xmx512m -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;

/** @returns a quicker starter of the same server; the given one if no archive can be made */
export async function quickTestServer(path: string): Promise<string> {
  const folder = dirname(path);
  const starter = join(folder, STARTER);
  if (!(await isThere(join(folder, 'lib')))) return path;
  if ((await isThere(join(folder, ARCHIVE))) && (await isThere(starter))) return starter;
  try {
    await makeArchive(folder);
    await writeFile(starter, written(`-XX:SharedArchiveFile="$here/${ARCHIVE}"`));
    await chmod(starter, 0o755);
    return starter;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The test server's classes are not kept (${why}): tests take longer\n`);
    return path;
  }
}

/** Renamed only when complete, since several runs may make one at once. */
async function makeArchive(folder: string): Promise<void> {
  const own = `${ARCHIVE}.${process.pid}`;
  const recorder = join(folder, `${STARTER}.${process.pid}`);
  await writeFile(recorder, written(`-XX:ArchiveClassesAtExit="$here/${own}"`));
  await chmod(recorder, 0o755);
  const port = await freePort();
  const server = spawn(recorder, [String(port)], { stdio: 'ignore', timeout: LIMIT_MS });
  const ended = once(server, 'close');
  try {
    const talk = spawn(process.execPath, [CONVERSATION, `127.0.0.1:${port}`], {
      stdio: 'ignore',
      timeout: LIMIT_MS,
    });
    // Java before 13 has no such archive, and ends at once.
    const first = await Promise.race([once(talk, 'close'), ended.then(() => 'server' as const)]);
    talk.kill();
    // It writes the archive when it exits.
    server.kill('SIGTERM');
    await ended;
    if (first === 'server' || talk.exitCode !== 0) throw new Error('no client could connect to it');
    await rename(join(folder, own), join(folder, ARCHIVE));
  } finally {
    server.kill('SIGKILL');
    await rm(recorder, { force: true });
    await rm(join(folder, own), { force: true });
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
