import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { findTemporalCli } from '../devserver/index.ts';
import type { Part } from './part.ts';
import { median, percentile } from './statistics.ts';

const ANY_PORTS = ['temporal', 'ui', 'simulator', 'gateway', 'codec'].flatMap((part) => [
  `--${part}-port`,
  '0',
]);

export const start: Part = {
  name: 'start',
  summary: 'from `npm start` to ready, and from Ctrl-C to the end',
  async measure({ runs, progress }) {
    // Fetched or built before the clock runs.
    await findTemporalCli(progress);
    const times = { first: [] as UpAndDown[], again: [] as UpAndDown[] };
    for (let run = 0; run < runs; run++) {
      const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-bench-'));
      for (const which of ['first', 'again'] as const) {
        const time = await upAndDown(folder);
        times[which].push(time);
        progress(`${which}: ready after ${time.readyS.toFixed(1)} s`);
      }
      await rm(folder, { recursive: true, force: true });
    }
    const row = (what: string, of: readonly UpAndDown[]) => ({
      what,
      'ready, s': round(median(of.map(({ readyS }) => readyS))),
      'slowest, s': round(
        percentile(
          of.map(({ readyS }) => readyS),
          1,
        ),
      ),
      'Ctrl-C to end, s': round(median(of.map(({ endS }) => endS))),
    });
    return {
      tables: [
        {
          title: 'npm start',
          rows: [row('no state yet', times.first), row('state of an earlier run', times.again)],
        },
      ],
      notes: ["The server's binary is in the cache; free ports. npm's own time is in it."],
    };
  },
};

interface UpAndDown {
  readonly readyS: number;
  readonly endS: number;
}

/** Types `npm start`, waits for the one JSON value that says ready, and presses Ctrl-C. */
async function upAndDown(folder: string): Promise<UpAndDown> {
  const begin = performance.now();
  const npm = spawn('npm', ['start', '--silent', '--', '--json', ...ANY_PORTS], {
    env: { ...process.env, ONBOARDING_STATE_DIR: folder },
    // A process group of its own, as a terminal gives it.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(npm, 'exit');
  await Promise.race([once(createInterface({ input: npm.stdout }), 'line'), exit]);
  const ready = performance.now();
  if (npm.pid === undefined || npm.exitCode !== null) throw new Error('`npm start` did not start');
  process.kill(-npm.pid, 'SIGINT');
  await exit;
  return { readyS: (ready - begin) / 1000, endS: (performance.now() - ready) / 1000 };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
