/** What has been answered is remembered, whatever happens to the process. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DEMO_PRIVATE_KEY,
  DEMO_TOKEN,
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator/index.ts';
import { IndependentClient } from './independent-client.ts';
import { NEW_USER } from './stage.ts';

const at: { folder: string; stateFile: string } = { folder: '', stateFile: '' };
let started: Simulator[] = [];

beforeEach(async () => {
  at.folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  at.stateFile = join(at.folder, 'deep', 'state.json');
});

afterEach(async () => {
  for (const simulator of started) await simulator.stop();
  started = [];
  await rm(at.folder, { recursive: true });
});

async function start(options: SimulatorOptions = { stateFile: at.stateFile }): Promise<Simulator> {
  const simulator = await startSimulator({ port: 0, ...options });
  started.push(simulator);
  return simulator;
}

describe('a state file', () => {
  it('keeps accounts, mails, their links, ledger and calls over a restart', async () => {
    const before = await start();
    await new IndependentClient(before).post('user', NEW_USER);
    const [terms] = before.mailbox();
    const ledger = before.ledger();
    await before.stop();

    const after = await start();
    expect(after.ledger()).toEqual(ledger);
    expect(after.mailbox().map(({ id }) => id)).toEqual(before.mailbox().map(({ id }) => id));
    await after.follow(terms?.id ?? '');
    expect(after.accounts()[0]).toMatchObject({ ...NEW_USER, cgu: true, confirmed: false });
    const again = await new IndependentClient(after).post('user', NEW_USER);
    expect(again.json['slug']).toBe('user_already_exist');
  });

  it('has every effect that was answered before a kill -9, and is never half written', async () => {
    const script = fileURLToPath(new URL('./killed-process.ts', import.meta.url));
    const child = spawn(process.execPath, [script, at.stateFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const client = new IndependentClient({
      apiUrl: `${line.toString().trim()}/api/`,
      token: DEMO_TOKEN,
      privateKey: DEMO_PRIVATE_KEY,
    });
    const answered: string[] = [];
    const exit = once(child, 'exit');
    const calls = Array.from({ length: 60 }, async (_, n) => {
      const email = `n${n}@example.org`;
      const reply = await client.post('user', { ...NEW_USER, email });
      if (reply.json['status'] === 'SUCCESS') answered.push(email);
      // In the middle of it all.
      if (answered.length === 20) child.kill('SIGKILL');
    });
    await Promise.allSettled(calls);
    child.kill('SIGKILL');
    await exit;

    expect(answered.length).toBeGreaterThanOrEqual(20);
    const after = await start();
    const kept = after.accounts().map(({ email }) => email);
    expect(kept).toEqual(expect.arrayContaining(answered));
    // Each account has its two mails: no effect is kept without its ledger entries.
    expect(after.ledger().effects).toHaveLength(kept.length * 3);
  });

  it('leaves nothing else behind', async () => {
    const simulator = await start();
    await new IndependentClient(simulator).post('user', NEW_USER);
    await simulator.stop();
    expect(await readdir(join(at.folder, 'deep'))).toEqual(['state.json']);
  });

  it('that is none is left alone, and named', async () => {
    const path = join(at.folder, 'notes.txt');
    await writeFile(path, 'my notes');
    await expect(startSimulator({ port: 0, stateFile: path })).rejects.toThrow(path);
    expect(await readFile(path, 'utf8')).toBe('my notes');
  });
});

describe('a simulator', () => {
  it('without a state file forgets', async () => {
    const before = await start({});
    before.createAccount({ email: 'a@example.org' });
    await before.stop();
    const after = await start({});
    expect(after.accounts()).toEqual([]);
  });

  it('on a taken port says so, and what to do', async () => {
    const first = await start({});
    const port = Number(new URL(first.url).port);
    await expect(startSimulator({ port })).rejects.toThrow(/Port \d+.*SIMULATOR_PORT/);
  });

  it('started with nonsense says what', async () => {
    await expect(startSimulator({ port: 70_000 })).rejects.toThrow(/port/);
  });
});
