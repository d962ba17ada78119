import { cp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nextBuild } from '../../test/versioning/next-build.ts';
import { folderAt } from '../folder.ts';

/**
 * The built package of a next release: all is the same but one change of the workflow.
 *
 * @param change behind a patch; `breaking`: without one
 */
export async function buildNext(
  onboard: string,
  change: 'patched' | 'breaking',
): Promise<{ readonly onboard: string; readonly remove: () => Promise<void> }> {
  const present = dirname(dirname(onboard));
  const { path: folder, remove } = await folderAt(`${present}-${change}`);
  await cp(present, folder, { recursive: true });
  const { code } = await nextBuild(change);
  await writeFile(join(folder, 'dist/worker/workflow-bundle.js'), code);
  return { onboard: join(folder, 'bin/onboard.js'), remove };
}
