import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli } from '../../devserver/index.ts';
import { fakeExecutable } from '../devserver/fake-executable.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';
import {
  acceptLink,
  addressesOf,
  click,
  onboard,
  prints,
  startUp,
  temporalPid,
  type Machine,
} from './machine.ts';

const JEANNE = 'jeanne@example.org';
const LIMIT_MS = 120_000;

let folder: string;
let machine: Machine;
const folders: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  folders.push(folder);
  machine = await startUp({ folder, args: ['--json'] });
  await addressesOf(machine);
});

afterEach(async () => {
  if (machine.child.exitCode === null) await machine.interrupt();
});

afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true, force: true });
});

async function startJeanne(): Promise<void> {
  const { simulatorUrl } = await addressesOf(machine);
  expect(await onboard(folder, 'start', 'demo', '--email', JEANNE)).toMatchObject({ code: 0 });
  await acceptLink(simulatorUrl ?? '', JEANNE);
  // A call that was interrupted would be tried again half a minute later.
  await eventually(
    'waiting for the person',
    () => onboard(folder, 'status', 'demo', '--json'),
    ({ out }) => out.includes('"status":"awaiting-attachment"'),
  );
}

async function readyOnceAccepted(): Promise<void> {
  const { simulatorUrl } = await addressesOf(machine);
  await click(await acceptLink(simulatorUrl ?? '', JEANNE));
  // It ends with the onboarding, and so is started once, where `onboard status` would be started again and again.
  await eventually(
    'ready',
    () => onboard(folder, 'watch', 'demo', '--json'),
    ({ out }) => out.includes('"status":"ready"'),
  );
}

test(
  'killed by force and started again, it continues where it was',
  async () => {
    await startJeanne();
    const leftover = await temporalPid(folder);
    await machine.killByForce();

    // At once: its Temporal may be ending still.
    machine = await startUp({ folder, args: ['--json'] });
    await readyOnceAccepted();
    await expect(isAlive(leftover)).resolves.toBe(false);
  },
  LIMIT_MS,
);

test(
  'when Temporal is killed by force, it is started again, and everything continues',
  async () => {
    await startJeanne();
    const killed = await temporalPid(folder);
    process.kill(killed, 'SIGKILL');
    await readyOnceAccepted();
    await expect(temporalPid(folder)).resolves.not.toBe(killed);
    expect(machine.err()).toContain('Temporal has ended (SIGKILL): restarting it on its database');
  },
  LIMIT_MS,
);

test(
  'when Temporal ends again and again, that is reported and `npm start` ends',
  async () => {
    const killed = new Set<number>();
    await eventually(
      'ended',
      async () => {
        const pid = await temporalPid(folder).catch(() => undefined);
        if (pid !== undefined && !killed.has(pid)) process.kill(pid, 'SIGKILL');
        if (pid !== undefined) killed.add(pid);
        return machine.child.exitCode;
      },
      (exitCode) => exitCode !== null,
    );
    expect(killed.size).toBeGreaterThanOrEqual(4);
    const { code, err } = await machine.end;
    expect(code).toBe(1);
    expect(err).toContain('Temporal ends again and again');
    expect(err).not.toContain('unexpected failure');
  },
  LIMIT_MS,
);

test(
  'when Temporal cannot be started again while the worker is being started, that is reported and `npm start` ends',
  async () => {
    const real = await findTemporalCli(() => undefined);
    const marker = join(folder, 'started-once');
    const starting = await startUp({
      folder: join(folder, 'starting'),
      env: {
        TEMPORAL_CLI_PATH: await fakeExecutable(
          join(folder, 'temporal'),
          `if [ -e '${marker}' ]; then exit 3; fi; touch '${marker}'; exec '${real}' "$@"`,
        ),
      },
    });
    await prints(starting, /^AR24 /m);
    process.kill(await temporalPid(join(folder, 'starting')), 'SIGKILL');
    const { code, err } = await starting.end;
    expect(code).toBe(1);
    expect(err).toContain('Temporal ends again and again');
    expect(err).not.toContain('unexpected failure');
  },
  LIMIT_MS,
);

test(
  'when its terminal is closed, it ends like by Ctrl-C, and leaves nothing behind',
  async () => {
    const temporal = await temporalPid(folder);
    const gone = once(machine.child, 'exit');
    machine.closeTerminal();
    await expect(gone).resolves.toEqual([0, null]);
    await expect(isAlive(temporal)).resolves.toBe(false);
    await expect(readdir(folder)).resolves.not.toContain('running.json');
    await expect(readdir(folder)).resolves.not.toContain('temporal.db.lock');
  },
  LIMIT_MS,
);

test(
  '--reset starts with an empty state',
  async () => {
    await startJeanne();
    await machine.interrupt();
    machine = await startUp({ folder, args: ['--json', '--reset'] });
    const { simulatorUrl } = await addressesOf(machine);
    const mailbox = await fetch(new URL('/mailbox.json', simulatorUrl ?? ''));
    await expect(mailbox.json()).resolves.toEqual([]);
    expect(await onboard(folder, 'status', 'demo')).toMatchObject({ code: 3 });
  },
  LIMIT_MS,
);
