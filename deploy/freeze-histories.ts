/**
 * A step of a release: keeps what this version's workers record, `v0.1.0/` for one, for as long as onboardings
 * of its time may run. What an earlier version keeps unchanged is not kept twice.
 * `node deploy/freeze-histories.ts [FOLDER VERSION]`
 */
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const inProject = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const [folder = inProject('test/histories'), version = await presentVersion()] =
  process.argv.slice(2);

const entries = await readdir(folder, { withFileTypes: true });
const frozen = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const recorded = entries.map(({ name }) => name).filter((name) => name.endsWith('.json'));

const target = join(folder, `v${version}`);
// Fails if the folder exists: the histories of a release never change.
await mkdir(target);
let kept = 0;
for (const name of recorded) {
  if (await isKept(name)) continue;
  await copyFile(join(folder, name), join(target, name));
  kept++;
}
process.stdout.write(`v${version}: ${kept} of ${recorded.length} histories are new or changed\n`);

async function isKept(name: string): Promise<boolean> {
  const present = await readFile(join(folder, name));
  const others = await Promise.all(
    frozen.map((one) => readFile(join(folder, one, name)).catch(() => undefined)),
  );
  return others.some((other) => other?.equals(present));
}

async function presentVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
