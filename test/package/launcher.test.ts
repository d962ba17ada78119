import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../bin/onboard.js', import.meta.url));

function launchOnNode(version: string): { readonly code: number | null; readonly output: string } {
  const pretend = `
    const versions = { ...process.versions, node: '${version}' };
    Object.defineProperty(process, 'versions', { value: versions });
    Object.defineProperty(process, 'version', { value: 'v${version}' });
  `;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const run = spawnSync(process.execPath, ['--import', preload, LAUNCHER, '--help'], {
    encoding: 'utf8',
  });
  return { code: run.status, output: run.stderr };
}

test.each(['14.21.3', '20.20.2', '22.17.9'])(
  'Node %s gets one message that says what to do',
  (version) => {
    const { code, output } = launchOnNode(version);
    expect(code).toBe(1);
    expect(output).toContain(`onboard needs Node 22.18 or newer; this is v${version}.`);
    expect(output).toContain('npm ci');
    expect(output).not.toContain('    at ');
  },
);

test.each(['22.18.0', '24.0.0', '100.1.0'])('Node %s is accepted', (version) => {
  expect(launchOnNode(version).output).not.toContain('onboard needs Node');
});
