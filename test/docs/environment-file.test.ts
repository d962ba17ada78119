/** The file of settings in docs/deploying.md, which systemd reads for the programs, and a shell for commands. */
import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { blockWith } from './blocks.ts';

test('a shell reads the lines of the file as systemd does', async () => {
  const file = await blockWith('docs/deploying.md', 'ini', 'ONBOARDING_PARTNER_NAME=');
  const lines = file.trim().split('\n');
  // systemd takes as it is whatever single quotes enclose.
  const bySystemd = lines.map((line) => {
    const [, name = line, value = 'has no single quotes'] = /^(\w+)='([^']*)'$/.exec(line) ?? [];
    return [name, value] as const;
  });
  const script = `set -a && eval "$1" && exec '${process.execPath}' -p 'JSON.stringify(process.env)'`;
  const { stdout, stderr } = await promisify(execFile)('sh', ['-eu', '-c', script, 'sh', file]);
  expect(stderr).toBe('');
  const byShell = JSON.parse(stdout) as Readonly<Record<string, string>>;
  expect(byShell).toMatchObject(Object.fromEntries(bySystemd));
});
