/** The effects of answered calls survive, whatever happens to the process. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DEMO_PRIVATE_KEY,
  DEMO_TOKEN,
  startSimulator,
  StateFileError,
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

  it.each([1, 7, 20, 33])(
    'has every effect that was answered before a kill -9 after %i answers, and none by halves',
    async (answers) => {
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
        // Kills the process in the middle of its calls.
        if (answered.length === answers) child.kill('SIGKILL');
      });
      await Promise.allSettled(calls);
      child.kill('SIGKILL');
      await exit;

      expect(answered.length).toBeGreaterThanOrEqual(answers);
      const after = await start();
      const kept = after.accounts().map(({ email }) => email);
      expect(kept).toEqual(expect.arrayContaining(answered));
      // Each account has its two mails: no effect is stored without its ledger entries.
      expect(after.ledger().effects).toHaveLength(kept.length * 3);
      expect(after.mailbox()).toHaveLength(kept.length * 2);
    },
  );

  it('that is cut in its last line has the state before the call of that line', async () => {
    const simulator = await start();
    const client = new IndependentClient(simulator);
    await client.post('user', NEW_USER);
    const before = simulator.ledger().effects;
    const whole = (await readFile(at.stateFile)).length;
    await client.post('user', { ...NEW_USER, email: 'second@example.org' });
    await simulator.stop();
    const file = await readFile(at.stateFile);
    for (let length = whole; length < file.length; length += 97) {
      await writeFile(at.stateFile, file.subarray(0, length));
      const cut = await start();
      expect(cut.ledger().effects).toEqual(before);
      await new IndependentClient(cut).post('user', { ...NEW_USER, email: 'third@example.org' });
      await cut.stop();
      const after = await start();
      expect(after.accounts().map(({ email }) => email)).toEqual([
        NEW_USER.email,
        'third@example.org',
      ]);
      await after.stop();
    }
  });

  it('grows with the changes, not with the state, and is rewritten in time', async () => {
    const simulator = await start();
    simulator.createAccount({ email: 'a@example.org' });
    const change = async (company: string) => {
      const response = await fetch(`${simulator.url}/admin/accounts/a@example.org`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ company }),
      });
      expect(response.status).toBe(200);
      return (await stat(at.stateFile)).size;
    };
    const sizes: number[] = [];
    for (let n = 0; n < 900; n += 1) sizes.push(await change(`${n}-`.padEnd(1000, 'x')));
    const MiB = 1024 * 1024;
    expect(Math.max(...sizes)).toBeGreaterThan(MiB / 2);
    expect(Math.max(...sizes)).toBeLessThan(1.5 * MiB);
    expect(sizes.at(-1)).toBeLessThan(MiB);
    await simulator.stop();
    const after = await start();
    expect(after.accounts()[0]?.company).toMatch(/^899-x/);
    expect(after.ledger().effects).toHaveLength(901);
  });

  it('can be read again, whatever values were accepted', async () => {
    const before = await start();
    const longest = '\u2028é"\\'.repeat(200);
    const fields = { ...NEW_USER, company: longest, custom_ref: longest, email: 'é+1@exämple.org' };
    const created = await new IndependentClient(before).post('user', fields);
    expect(created.json['status']).toBe('SUCCESS');
    await before.reset();
    await new IndependentClient(before).post('user', fields);
    await before.stop();
    const after = await start();
    expect(after.accounts()).toMatchObject([{ company: longest, email: 'é+1@exämple.org' }]);
  });

  it('loses the temporary file of a killed process, and nothing else', async () => {
    await start().then((simulator) => simulator.stop());
    await mkdir(join(at.folder, 'deep'), { recursive: true });
    for (const name of ['state.json.4711.tmp', 'state.json.mine.tmp', 'other.json.4711.tmp']) {
      await writeFile(join(at.folder, 'deep', name), 'half');
    }
    await start().then((simulator) => simulator.stop());
    expect((await readdir(join(at.folder, 'deep'))).sort()).toEqual([
      'other.json.4711.tmp',
      'state.json.mine.tmp',
    ]);
  });

  it('that is damaged is named in the error, and not changed', async () => {
    const before = await start();
    await new IndependentClient(before).post('user', NEW_USER);
    await before.stop();
    await appendFile(at.stateFile, '{"accounts":[{"id":1}]}\n{}\n');
    const damaged = await readFile(at.stateFile, 'utf8');
    const failure = start();
    await expect(failure).rejects.toThrow(StateFileError);
    await expect(failure).rejects.toThrow(at.stateFile);
    expect(await readFile(at.stateFile, 'utf8')).toBe(damaged);
  });

  it('leaves nothing else behind', async () => {
    const simulator = await start();
    await new IndependentClient(simulator).post('user', NEW_USER);
    await simulator.stop();
    expect(await readdir(join(at.folder, 'deep'))).toEqual(['state.json']);
  });

  it('with another format is named in the error, and not changed', async () => {
    const path = join(at.folder, 'notes.txt');
    await writeFile(path, 'my notes');
    await expect(startSimulator({ port: 0, stateFile: path })).rejects.toThrow(path);
    expect(await readFile(path, 'utf8')).toBe('my notes');
  });
});

describe('a simulator', () => {
  it('without a state file starts empty', async () => {
    const before = await start({});
    before.createAccount({ email: 'a@example.org' });
    await before.stop();
    const after = await start({});
    expect(after.accounts()).toEqual([]);
  });

  it('on a taken port fails with an error that says what to do', async () => {
    const first = await start({});
    const port = Number(new URL(first.url).port);
    await expect(startSimulator({ port })).rejects.toThrow(/Port \d+.*SIMULATOR_PORT/);
  });

  it('with invalid options fails with an error that names them', async () => {
    await expect(startSimulator({ port: 70_000 })).rejects.toThrow(/port/);
  });
});
