/**
 * `npm run --silent sbom`: prints the bill of materials of the packages in production, made by npm. Options
 * are passed to npm, such as `-- --sbom-format spdx`.
 *
 * npm's `--omit dev` also omits packages that both development and production need, such as zod (npm 11). So
 * npm runs in a folder with a manifest and a lock file without development dependencies.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const CYCLONEDX = ['--sbom-format', 'cyclonedx'];

const manifestSchema = z.looseObject({ name: z.string() });
const lockSchema = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })),
});

const { devDependencies: _, ...manifest } = manifestSchema.parse(readJson('package.json'));
const lock = lockSchema.parse(readJson('package-lock.json'));
const locked = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
const { devDependencies: __, ...root } = lock.packages[''] ?? {};

const temporary = mkdtempSync(join(tmpdir(), 'sender-onboarding-sbom-'));
try {
  // npm uses the name of the folder in the bill.
  const folder = join(temporary, manifest.name);
  mkdirSync(folder);
  write(folder, 'package.json', manifest);
  write(folder, 'package-lock.json', {
    ...lock,
    packages: { ...Object.fromEntries(locked), '': root },
  });
  const format = process.argv.includes('--sbom-format') ? [] : CYCLONEDX;
  const npm = ['sbom', '--package-lock-only', ...format, ...process.argv.slice(2)];
  const { status } = spawnSync('npm', npm, { cwd: folder, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(temporary, { recursive: true });
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(PROJECT + name, 'utf8'));
}

function write(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value));
}
