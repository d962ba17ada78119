/** The exercises of docs/changing-workflows.md apply to the code as it is, compile, and their tests pass. */
import { expect, test } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runIn } from '../package/npm.ts';
import { PROJECT } from './blocks.ts';

/** Source files are all files but tests. */
const EXERCISES = [
  { name: 'optional-requirement', sourceFiles: 8, ownTest: 'test/onboarding/phone.test.ts' },
  { name: 'reminder-rule', sourceFiles: 1, ownTest: 'test/plan/last-reminder.test.ts' },
];

test.each(EXERCISES)(
  'the exercise $name changes as many source files as the page says',
  async ({ name, sourceFiles }) => {
    expect(await sourceFilesIn(diffOf(name))).toHaveLength(sourceFiles);
  },
);

test('the exercises apply, compile, and their own tests pass', async () => {
  const copy = await copyOfProject();
  try {
    for (const { name } of EXERCISES) await runIn(copy, 'git', 'apply', diffOf(name));
    await expect(runIn(copy, 'npx', 'tsc', '--noEmit')).resolves.toBe('');
    await runIn(copy, 'npm', 'test', '--', ...EXERCISES.map(({ ownTest }) => ownTest));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}, 600_000);

function diffOf(name: string): string {
  return `${PROJECT}docs/exercises/${name}.diff`;
}

async function sourceFilesIn(diff: string): Promise<readonly string[]> {
  const lines = (await readFile(diff, 'utf8')).split('\n');
  const changed = lines.flatMap((line) => /^\+\+\+ b\/(.+)$/.exec(line)?.[1] ?? []);
  return changed.filter((file) => !file.startsWith('test/'));
}

async function copyOfProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'exercise-'));
  const files = (await runIn(PROJECT, 'git', 'ls-files')).trim().split('\n');
  for (const file of files) await cp(PROJECT + file, join(copy, file)).catch(onlyIfDeleted);
  await symlink(`${PROJECT}node_modules`, join(copy, 'node_modules'));
  return copy;
}

/** A file that is deleted but not yet committed. */
function onlyIfDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
