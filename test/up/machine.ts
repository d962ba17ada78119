/** `onboard up` as a person starts it: a process group of its own, in a folder of its own. */
import { afterAll } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findTemporalCli } from '../../devserver/index.ts';
import { runOnboard, type Ran } from '../cli/onboard.ts';
import { eventually } from '../support/eventually.ts';
import { prebuiltBundle } from '../support/prebuilt-bundle.ts';
import { processesWith } from '../support/processes.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const ANY_PORTS = [
  '--temporal-port',
  '0',
  '--ui-port',
  '0',
  '--simulator-port',
  '0',
  '--gateway-port',
  '0',
  '--codec-port',
  '0',
];

const addresses = z.object({
  temporalAddress: z.string(),
  namespace: z.string(),
  uiUrl: z.string().nullable(),
  simulatorUrl: z.string().nullable(),
  ar24BaseUrl: z.string(),
  gatewayUrl: z.string().nullable(),
  stateFolder: z.string(),
});
const mails = z.array(z.object({ to: z.string(), links: z.record(z.string(), z.string()) }));

export interface Machine {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly end: Promise<Ran>;
  /** Ctrl-C: the whole process group gets it. Returns how it ended, and how long that took. */
  interrupt(): Promise<Ran & { readonly tookMs: number }>;
  /** As when a terminal is closed: its output is not read any more. */
  closeTerminal(): void;
  /** `kill -9` of it alone: the processes that it started stay. */
  killByForce(): Promise<void>;
}

const started: Machine[] = [];

afterAll(async () => {
  for (const { child, end } of started) {
    // The whole group: behind npm, `onboard up` would stay, and keep the output open.
    const runs = child.exitCode === null && child.signalCode === null;
    if (runs) process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    await end;
  }
});

export interface Start {
  readonly folder: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** `npm start` instead of the command itself. */
  readonly by?: 'npm';
}

export async function startUp({ folder, args = [], env = {}, by }: Start): Promise<Machine> {
  const command =
    by === 'npm' ? ['npm', 'start', '--'] : [process.execPath, 'bin/onboard.js', 'up'];
  const [file = '', ...first] = command;
  const child = spawn(file, [...first, ...ANY_PORTS, ...args], {
    cwd: PROJECT,
    detached: true,
    env: { ...(await environmentOf(folder)), ...(by !== 'npm' && prebuiltBundle()), ...env },
  });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const end = once(child, 'close').then(() => ({ code: child.exitCode, ...texts }));
  const machine: Machine = {
    child,
    out: () => texts.out,
    err: () => texts.err,
    end,
    async interrupt() {
      const since = Date.now();
      process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
      return { ...(await end), tookMs: Date.now() - since };
    },
    closeTerminal() {
      child.stdout.destroy();
      child.stderr.destroy();
      process.kill(-(child.pid ?? Number.NaN), 'SIGHUP');
    },
    async killByForce() {
      child.kill('SIGKILL');
      await end;
    },
  };
  started.push(machine);
  return machine;
}

/** Only the variables that find programs and compiled code, of the environment of the tests. */
async function environmentOf(folder: string): Promise<Record<string, string | undefined>> {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    NO_COLOR: '1',
    TEMPORAL_CLI_PATH: await findTemporalCli(() => undefined),
    ONBOARDING_STATE_DIR: folder,
  };
}

/** Resolves when it has printed a match; rejects if it ends before. */
export async function prints(machine: Machine, words: RegExp): Promise<void> {
  const printed = eventually(
    `printed ${String(words)}`,
    () => Promise.resolve(machine.out() + machine.err()),
    (text) => words.test(text),
  );
  const ended = machine.end.then(({ err }) => Promise.reject(new Error(`it ended: ${err}`)));
  await Promise.race([printed, ended]);
}

/** The addresses of its parts, once it is ready. Needs `--json`. */
export async function addressesOf(machine: Machine): Promise<z.output<typeof addresses>> {
  await prints(machine, /^\{.*\}$/m);
  return addresses.parse(JSON.parse(machine.out()));
}

/** Another command, in another terminal. */
export function onboard(folder: string, ...args: readonly string[]): Promise<Ran> {
  return runOnboard(args, { env: { ONBOARDING_STATE_DIR: folder } });
}

/** The link *accept* of the newest mail to an address, once there is one. */
export async function acceptLink(simulatorUrl: string, email: string): Promise<string> {
  const link = await eventually(
    'got a mail',
    async () => {
      const answer = await fetch(new URL('/mailbox.json', simulatorUrl));
      return mails.parse(await answer.json()).find(({ to }) => to === email)?.links['accept'];
    },
    (found) => found !== undefined,
  );
  return link ?? '';
}

export async function click(link: string): Promise<void> {
  await fetch(link, { method: 'POST', headers: { accept: 'application/json' } });
}

/** Fails while there is none, or more than one. */
export async function temporalPid(folder: string): Promise<number> {
  const [pid, ...more] = await processesWith(join(folder, 'temporal.db'));
  if (pid === undefined || more.length > 0) throw new Error('not one Temporal server');
  return pid;
}
