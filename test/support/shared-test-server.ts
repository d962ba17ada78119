/**
 * Tests start some hundred test servers. Each would start a Java process, and spend most of its time on loading
 * classes, so all of them run in one Java process (`TestServers.java`).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Java compiles what runs often, but only quickly: the server ends before more would have paid. */
const QUICKLY = '-XX:TieredStopAtLevel=1';
/** gRPC logs each client that disconnects while its server ends. */
const NO_LOG = '-Djava.util.logging.config.file=/dev/null';

const PROGRAM = fileURLToPath(new URL('TestServers.java', import.meta.url));

/** What the SDK starts as a server, with its port as the first argument. It stays until it is killed. */
const written = (port: string): string => `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
echo "$1" >&3
exec cat <&3
`;

/**
 * Starts the Java process, which ends with this one.
 *
 * @param path what `findTestServer` found
 * @returns a file that the SDK can start in its place; the given one if it is no Java program, or if Java cannot
 *   compile the program
 */
export async function sharedTestServer(path: string): Promise<string> {
  const libraries = join(dirname(path), 'lib');
  if (!(await isThere(libraries))) return path;
  const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin', 'java') : 'java';
  const servers = spawn(
    java,
    ['-Xmx1g', '-XX:+UseSerialGC', NO_LOG, QUICKLY, '-cp', `${libraries}/*`, PROGRAM],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(servers, 'close').then(
    () => undefined,
    () => undefined,
  );
  const lines = createInterface({ input: servers.stdout });
  const port = await Promise.race([once(lines, 'line').then(([line]) => String(line)), ended]);
  if (port === undefined) {
    process.stderr.write(
      'Java cannot compile: each test starts a Java process, and takes longer\n',
    );
    return path;
  }
  // Jest would wait for them.
  servers.unref();
  for (const pipe of [servers.stdin, servers.stdout]) (pipe as { unref?: () => void }).unref?.();
  return starterFor(port);
}

async function starterFor(port: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-server-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const starter = join(folder, 'test-server');
  await writeFile(starter, written(port));
  await chmod(starter, 0o755);
  return starter;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
