/** Takes away what the set-up made. */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export default async function tearDown(): Promise<void> {
  const bundle = process.env['TEST_WORKFLOW_BUNDLE'];
  if (bundle !== undefined) await rm(dirname(bundle), { recursive: true, force: true });
}
