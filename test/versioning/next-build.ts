/**
 * The workflow as a next release might have it: the source as it is, with one change behind a patch. An
 * operator then finds an onboarding by its status while its very first call is still being tried.
 */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, type WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const STORY = 'workflows/sender-onboarding.ts';

export const PATCH = 'attributes-before-calls';

const CHANGES = [
  { before: '  makeContinueAsNewFunc,\n', after: '  makeContinueAsNewFunc,\n  patched,\n' },
  {
    before: `
          setCurrentDetails(detailsOf(viewOf(sender, Date.now())));
`,
    after: `
          if (patched('${PATCH}')) publish(sender);
          else setCurrentDetails(detailsOf(viewOf(sender, Date.now())));
`,
  },
] as const;

/** @throws Error where the story is not any more what the change was made for */
export async function nextBuild(): Promise<WorkflowBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-next-'));
  try {
    await cp(join(PROJECT, 'workflows'), join(folder, 'workflows'), { recursive: true });
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    const story = join(folder, STORY);
    await writeFile(story, changed(await readFile(story, 'utf8')));
    return await bundleWorkflows(join(folder, 'workflows/index.ts'), new DefaultLogger('WARN'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function changed(story: string): string {
  return CHANGES.reduce((text, { before, after }) => {
    const [start, end, ...more] = text.split(before);
    if (start === undefined || end === undefined || more.length > 0) {
      throw new Error(`${STORY} does not have this exactly once: ${before}`);
    }
    return start + after + end;
  }, story);
}
