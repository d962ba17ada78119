import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';

const WORKFLOWS = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
const MAP = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

test('the bundle takes a byte a character, and its map has lines without sources', async () => {
  const { code } = await bundleWorkflows(WORKFLOWS, new DefaultLogger('ERROR'));
  expect(code).not.toMatch(/[^\0-\xff]/);
  const [program = '', written = ''] = code.split(MAP);
  // workflows/state/address.ts has texts with this character.
  expect(program).toContain(String.raw`\u2026`);
  const map = JSON.parse(Buffer.from(written, 'base64').toString()) as Record<string, unknown>;
  expect(map).not.toHaveProperty('sourcesContent');
  expect(map['mappings']).toMatch(/^[A-Za-z0-9+/,;]{10000}/);
  expect(map['sources']).toContain(WORKFLOWS.replace('index.ts', 'sender-onboarding.ts'));
});
