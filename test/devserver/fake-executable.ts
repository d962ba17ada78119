import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A shell script in the place of a tool that this machine may not have. */
export async function fakeExecutable(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}
