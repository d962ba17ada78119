/** The `onboard` command as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prebuiltBundle } from '../support/prebuilt-bundle.ts';

/** These run workflows. */
const WORKERS = ['worker', 'up'];

const COMMAND = fileURLToPath(new URL('../../bin/onboard.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly end: Promise<Ran>;
}

export interface RunOptions {
  /** Without the terminal of the tests. */
  readonly detached?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: Buffer | string;
}

/** The command gets nothing of the environment of the tests but where to find programs and compiled code. */
export function startOnboard(
  args: readonly string[],
  { env = {}, stdin = '', detached = false }: RunOptions,
): Running {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [COMMAND, ...args], {
    detached,
    env: {
      PATH,
      ...(WORKERS.includes(args[0] ?? '') && prebuiltBundle()),
      NO_COLOR: '1',
      TZ: 'UTC',
      ...env,
    },
  });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  // One that does not read its input may end before it is written.
  child.stdin.on('error', () => undefined).end(stdin);
  const end = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ code, ...texts });
    });
  });
  return { child, out: () => texts.out, err: () => texts.err, end };
}

export function runOnboard(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return startOnboard(args, options).end;
}
