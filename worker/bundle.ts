/** The workflow's code as the worker takes it: prebuilt in the package, bundled at start from source. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { bundleWorkflows } from './bundle-workflows.ts';

/** Lies beside this file in the built package only (`npm run build`). */
const PREBUILT = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url));
const SOURCE = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

export async function workflowBundle(): Promise<WorkflowBundleOption> {
  if (existsSync(PREBUILT)) return { codePath: PREBUILT };
  return bundleWorkflows(SOURCE, quiet);
}

/** The bundler tells its sizes at every start; only what went wrong is of interest. */
const silent = () => undefined;
const quiet = {
  log: silent,
  trace: silent,
  debug: silent,
  info: silent,
  warn: (message: string) => process.stderr.write(`${message}\n`),
  error: (message: string) => process.stderr.write(`${message}\n`),
};
