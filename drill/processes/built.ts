/**
 * Builds the package once for all drills, as it is published. Without the bundle, a worker would first
 * bundle its workflows, and be killed before it is ready.
 */
import { execFile } from 'node:child_process';
import { copyFile, cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DefaultLogger } from '@temporalio/worker';
import { folderAt } from '../folder.ts';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const quiet = new DefaultLogger('ERROR');

export interface Built {
  /** `bin/onboard.js` of the built package. */
  readonly onboard: string;
  readonly remove: () => Promise<void>;
}

export async function buildPackage(): Promise<Built> {
  // Below node_modules, the package finds its dependencies, and the project's tools ignore it.
  const place = join(PROJECT, 'node_modules/.cache/sender-onboarding-drill', String(process.pid));
  const { path: folder, remove } = await folderAt(place);
  const inDist = (path: string): string => join(folder, 'dist', path);
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  // `npm run verify` checks the types. Without them the output is the same, in half of the time.
  const options = [
    '-p',
    'tsconfig.build.json',
    '--noCheck',
    '--noResolve',
    '--declaration',
    'false',
  ];
  await promisify(execFile)(process.execPath, [compiler, ...options, '--outDir', inDist('')], {
    cwd: PROJECT,
  });
  const { code } = await bundleWorkflows(inDist('workflows/index.js'), quiet);
  await writeFile(inDist('worker/workflow-bundle.js'), code);
  await cp(join(PROJECT, 'bin'), join(folder, 'bin'), { recursive: true });
  await copyFile(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  return {
    onboard: join(folder, 'bin/onboard.js'),
    remove,
  };
}
