/**
 * The workflow as a next release might have it: the present source with one change, behind a patch or without one.
 * Operators then find an onboarding by its status while its first call is still being tried.
 */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, type WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const RUN = 'workflows/run.ts';

export const PATCH = 'attributes-before-calls';

const BEFORE = `
    setCurrentDetails(detailsOf(viewOf(this.known, Date.now())));
`;

const CHANGES = {
  patched: [
    { before: '  makeContinueAsNewFunc,\n', after: '  makeContinueAsNewFunc,\n  patched,\n' },
    {
      before: BEFORE,
      after: `
    if (patched('${PATCH}')) this.publish();
    else setCurrentDetails(detailsOf(viewOf(this.known, Date.now())));
`,
    },
  ],
  /** No run that began before can continue with it. */
  breaking: [{ before: BEFORE, after: '\n    this.publish();\n' }],
} as const;

/** @throws Error if the source no longer has the lines that the change replaces */
export async function nextBuild(change: keyof typeof CHANGES = 'patched'): Promise<WorkflowBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-next-'));
  try {
    for (const part of ['workflows', 'metrics']) {
      await cp(join(PROJECT, part), join(folder, part), { recursive: true });
    }
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    const file = join(folder, RUN);
    await writeFile(file, changed(await readFile(file, 'utf8'), CHANGES[change]));
    return await bundleWorkflows(join(folder, 'workflows/index.ts'), new DefaultLogger('WARN'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function changed(
  source: string,
  changes: readonly { readonly before: string; readonly after: string }[],
): string {
  return changes.reduce((text, { before, after }) => {
    const [start, end, ...more] = text.split(before);
    if (start === undefined || end === undefined || more.length > 0) {
      throw new Error(`${RUN} does not have this exactly once: ${before}`);
    }
    return start + after + end;
  }, source);
}
