/** The bundles of the workflows. Each is built once, into a file that workers in other processes read too. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowBundlePath } from '@temporalio/worker';
import { temporaryFolder } from '../drill/folder.ts';
import { workflowBundle } from '../worker/index.ts';
import { bareBundle } from './load/bare.ts';

export interface Bundles {
  readonly onboarding: WorkflowBundlePath;
  readonly bare: WorkflowBundlePath;
}

let built: Promise<Bundles> | undefined;

export function bundles(): Promise<Bundles> {
  built ??= build();
  return built;
}

async function build(): Promise<Bundles> {
  const { path: folder } = await temporaryFolder('bench-bundles');
  const inFile = async (name: string, code: string): Promise<WorkflowBundlePath> => {
    const codePath = join(folder, `${name}.js`);
    await writeFile(codePath, code);
    return { codePath };
  };
  const onboarding = await workflowBundle();
  return {
    onboarding: 'codePath' in onboarding ? onboarding : await inFile('onboarding', onboarding.code),
    bare: await inFile('bare', (await bareBundle()).code),
  };
}
