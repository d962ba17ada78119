/** A shell in its own folder that runs the blocks of README and docs/ as printed. */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { findTemporalCli } from '../../devserver/index.ts';
import { fakeExecutable } from '../devserver/fake-executable.ts';
import { PROJECT } from './blocks.ts';

/** Texts in the docs, and their replacements here: free ports, new references. */
export type Replacements = Readonly<Record<string, string>>;

export interface Typed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Shell {
  readonly folder: string;
  /** Runs a block until a command fails. */
  type(
    block: string,
    replacements?: Replacements,
    env?: Readonly<Record<string, string>>,
  ): Promise<Typed>;
}

/** `onboard` and `npx onboard` run the project's own code; curl also fails on an HTTP error. */
export async function openShell(folder: string): Promise<Shell> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const onboard = `exec '${process.execPath}' '${PROJECT}bin/onboard.js'`;
  const temporal = await findTemporalCli(() => undefined);
  const path = process.env['PATH'] ?? '';
  await fakeExecutable(join(bin, 'onboard'), `${onboard} "$@"`);
  await fakeExecutable(join(bin, 'npx'), `shift\n${onboard} "$@"`);
  await fakeExecutable(join(bin, 'temporal'), `exec '${temporal}' "$@"`);
  await fakeExecutable(join(bin, 'curl'), `PATH='${path}' exec curl --fail-with-body -sS "$@"`);
  return {
    folder,
    type: (block, replacements = {}, env = {}) => {
      const script = Object.entries(replacements).reduce(
        (text, [shown, here]) => text.replaceAll(shown, here),
        block,
      );
      const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
        cwd: folder,
        env: {
          HOME: process.env['HOME'],
          NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
          PATH: [bin, dirname(process.execPath), path].join(delimiter),
          NO_COLOR: '1',
          TZ: 'UTC',
          // For modules that a snippet requires, such as standardwebhooks.
          NODE_PATH: `${PROJECT}node_modules`,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const texts = { out: '', err: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
      return new Promise((resolve, reject) => {
        child.on('error', reject).on('close', (code) => {
          resolve({ code, ...texts });
        });
      });
    },
  };
}
