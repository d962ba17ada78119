/** A step of `npm run build`: bundles the built workflows once, so that no worker has to. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';

const inDist = (path: string): string => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

const { code } = await bundleWorkflows(inDist('workflows/index.js'));
await writeFile(inDist('worker/workflow-bundle.js'), code);
