/**
 * What `npm start` leaves on the machine: files for its owner only while it runs, and no process
 * after it.
 */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { isAlive, processesBelow } from '../support/processes.ts';
import { addressesOf, prints, startUp, temporalPid } from './machine.ts';

const LIMIT_MS = 120_000;
const SECRETS = {
  SIMULATOR_TOKEN: 'unmistakable-token',
  SIMULATOR_PRIVATE_KEY: 'unmistakable-private-key',
  ONBOARDING_NOTIFY_URL: 'https://partner.example/unmistakable',
  ONBOARDING_NOTIFY_SECRETS: `whsec_${Buffer.alloc(32, 'unmistakable').toString('base64')}`,
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The files that others than the owner can access, or that are no plain files or folders. */
async function openToOthers(): Promise<readonly string[]> {
  const names = ['.', ...(await readdir(folder, { recursive: true }))];
  const modes = await Promise.all(names.map(async (name) => ({ name, mode: await modeOf(name) })));
  return modes
    .filter(({ mode }) => mode !== undefined && mode !== 0o600 && mode !== 0o700)
    .map(({ name }) => name);
}

/** Undefined for a file that is gone again, as SQLite's journals are. */
async function modeOf(name: string): Promise<number | undefined> {
  const found = await stat(join(folder, name)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found && found.mode & 0o777;
}

test(
  'all files are its owner’s, its Temporal gets no secret, and SIGTERM to npm ends everything',
  async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(join(folder, 'logs', 'worker.log'), '');
    for (const name of ['.', 'logs']) await chmod(join(folder, name), 0o755);
    const machine = await startUp({ folder, by: 'npm', args: ['--json'], env: SECRETS });
    await prints(machine, /^\{.*\}$/m);
    await expect(openToOthers()).resolves.toEqual([]);

    const temporal = await temporalPid(folder);
    const environment = await readFile(`/proc/${temporal}/environ`, 'utf8');
    expect(environment).toContain('PATH=');
    expect(environment).not.toMatch(/unmistakable|ONBOARDING|SIMULATOR/);

    const all = processesBelow(machine.child.pid ?? 0).map(({ pid }) => pid);
    expect(all).toContain(temporal);
    machine.child.kill('SIGTERM');
    await machine.end;
    for (const pid of all) {
      await eventually(
        `ended ${pid}`,
        () => isAlive(pid),
        (alive) => !alive,
      );
    }
    await expect(openToOthers()).resolves.toEqual([]);
    const names = await readdir(folder);
    for (const name of ['running.json', 'codec-url', 'temporal.db.lock', 'simulator.json.lock']) {
      expect(names).not.toContain(name);
    }
  },
  LIMIT_MS,
);

test(
  'of two at once one runs, and the refused one does not disturb it',
  async () => {
    const both = await Promise.all([0, 1].map(() => startUp({ folder, args: ['--json'] })));
    const refused = await Promise.race(both.map(async (one) => one.end.then(() => one)));
    const { code, err } = await refused.end;
    expect(err).toContain('it runs already');
    expect(code).toBe(2);
    const [runs] = both.filter((one) => one !== refused);
    if (runs === undefined) throw new Error('none runs');
    await addressesOf(runs);
    await expect(readFile(join(folder, 'running.json'), 'utf8')).resolves.toContain(
      `"pid":${runs.child.pid}`,
    );
    await expect(temporalPid(folder)).resolves.toBeGreaterThan(0);
    await expect(readdir(folder)).resolves.toContain('running.json');
    const { end } = await startUp({ folder });
    expect((await end).err).toContain('it runs already');
    await expect(readdir(folder)).resolves.toContain('running.json');
    expect((await runs.interrupt()).code).toBe(0);
    await expect(readdir(folder)).resolves.not.toContain('running.json');
  },
  LIMIT_MS,
);
